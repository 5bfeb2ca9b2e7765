/* buf: growing, printing, clearing. */
#include "cmocka_all.h"

#include "base/buf.h"
#include "base/str.h"

static void buf_grows_and_stays_terminated(void **state)
{
    (void)state;
    dgm_buf buf = {0};
    assert_string_equal(dgm_buf_str(&buf).ptr, "");
    for (int i = 0; i < 1000; i++)
        dgm_buf_printf(&buf, "%d,", i % 10);
    assert_int_equal(buf.len, 2000);
    assert_int_equal(strlen(buf.ptr), 2000);
    dgm_buf_clear(&buf);
    assert_string_equal(buf.ptr, "");
    dgm_buf_text(&buf, "a");
    dgm_buf_text(&buf, NULL);
    dgm_buf_fill(&buf, '-', 3);
    dgm_buf_char(&buf, 'b');
    assert_string_equal(buf.ptr, "a---b");
    assert_false(buf.is_failed);
    dgm_buf_free(&buf);
}

static void buf_fails_once_and_for_all(void **state)
{
    (void)state;
    dgm_buf buf = {0};
    dgm_buf_text(&buf, "kept");
    dgm_buf_fill(&buf, 'x', SIZE_MAX / 2);
    assert_true(buf.is_failed);
    dgm_buf_text(&buf, "lost");
    assert_string_equal(buf.ptr, "kept");
    dgm_buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buf_grows_and_stays_terminated),
        cmocka_unit_test(buf_fails_once_and_for_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
