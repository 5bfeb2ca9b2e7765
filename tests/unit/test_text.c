/* text: sentences and tokens of news and encyclopedic English, and what holds for any bytes. */
#include "cmocka_all.h"

#include "base/pack.h"
#include "read/read.h"
#include "text/text.h"
#include "text/text_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Everything a test needs, loaded once. */
typedef struct bench {
    dgm_arena *arena;
    dgm_splitter *splitter;
    dgm_document *document;
    dgm_text *text;
    char *shown; /* the text as show() writes it */
    size_t len, capacity;
} bench;

static bench the;

static dgm_status load(void *payload)
{
    bench *it = payload;
    static dgm_pack pack;
    dgm_error err;
    assert_int_equal(dgm_pack_open(&pack, "builtin", dgm_pack_builtin(), &err), DGM_OK);
    dgm_status status = dgm_splitter_load(&it->splitter, it->arena, &pack, &err);
    if (status != DGM_OK)
        fail_msg("%s", err.text);
    return status;
}

static int setup(void **state)
{
    (void)state;
    the.arena = dgm_arena_new();
    return dgm_arena_run(the.arena, load, &the);
}

static int teardown(void **state)
{
    (void)state;
    dgm_document_free(the.document);
    dgm_arena_free(the.arena);
    free(the.shown);
    return 0;
}

static dgm_status split_body(void *payload)
{
    bench *it = payload;
    it->text = dgm_text_split(it->splitter, it->arena, it->document);
    return DGM_OK;
}

static void take(dgm_document *document)
{
    dgm_document_free(the.document);
    the.document = document;
    assert_int_equal(dgm_arena_run(the.arena, split_body, &the), DGM_OK);
}

static void split(const char *z)
{
    dgm_document *document = NULL;
    dgm_str none = DGM_STR("");
    assert_int_equal(dgm_document_new(&document, none, none, none, dgm_str_of(z), NULL), DGM_OK);
    take(document);
}

static void put(dgm_str s)
{
    if (the.capacity - the.len <= s.len) {
        the.capacity = 2 * (the.len + s.len + 64);
        the.shown = realloc(the.shown, the.capacity);
        assert_non_null(the.shown);
    }
    memcpy(the.shown + the.len, s.ptr, s.len);
    the.len += s.len;
    the.shown[the.len] = 0;
}

/* A sentence a line: its kind unless it is prose, dateline, tokens, citations:
 * "H <DATELINE> A token token [8]". */
static const char *show(void)
{
    static const char *const kinds[] = {"", "T: ", "H: ", "C: "};
    the.len = 0;
    for (uint32_t s = 0; s < the.text->count; s++) {
        const dgm_sentence *sentence = &the.text->sentences[s];
        put(dgm_str_of(s ? "\n" : ""));
        put(dgm_str_of(kinds[sentence->kind]));
        if (sentence->dateline.len) {
            put(DGM_STR("<"));
            put(dgm_span_of(the.text->bytes, sentence->dateline));
            put(DGM_STR("> "));
        }
        for (uint32_t i = 0; i < sentence->count; i++) {
            put(dgm_str_of(i ? " " : ""));
            put(dgm_token_form(the.text, &sentence->tokens[i]));
        }
        for (uint32_t i = 0; i < sentence->citation_count; i++) {
            put(DGM_STR(" ["));
            put(dgm_span_of(the.text->bytes, sentence->citations[i]));
            put(DGM_STR("]"));
        }
    }
    return the.shown;
}

typedef struct pair {
    const char *text, *shown;
} pair;

static void check_pairs(const pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        split(pairs[i].text);
        assert_string_equal(show(), pairs[i].shown);
    }
}

#define CHECK(pairs) check_pairs(pairs, sizeof(pairs) / sizeof *(pairs))

static void words_are_parted(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"They don't, can't and won't; it's Oslo's.",
         "They do n't , ca n't and wo n't ; it 's Oslo 's ."},
        {"The states\xE2\x80\x99 envoys didn\xE2\x80\x99t meet.",
         "The states \xE2\x80\x99 envoys did n\xE2\x80\x99t meet ."},
        {"We cannot go.", "We can not go ."},
        {"Its not its turn; its a lot. Lets go.", "It s not its turn ; it s a lot .\nLet s go ."},
        {"He reads comp.lang.misc daily.Then he pays $$$ for it.?",
         "He reads comp.lang.misc daily .\nThen he pays $$$ for it .?"},
        {"The Iran-Iraq war of 1980-1988 re-opened an anti-American, oil-rich front.",
         "The Iran - Iraq war of 1980 - 1988 re-opened an anti-American , oil - rich front ."},
        {"A 14-year-old paid $5.2m, US$40 or 7% in the 1990s.",
         "A 14 - year - old paid $ 5.2 m , US$ 40 or 7 % in the 1990s ."},
        {"On 2005-12-02 at 10:30pm he rang 555-0199.",
         "On 2005-12-02 at 10:30 pm he rang 555-0199 ."},
        {"See https://example.org/a_(b)?c=d, or mail desk@example.org.",
         "See https://example.org/a_(b)?c=d , or mail desk@example.org ."},
        {"Shi'ite and Ba'ath leaders; O'Neill and/or AT&T.",
         "Shi'ite and Ba'ath leaders ; O'Neill and / or AT&T ."},
        {"Wait... no -- never?!", "Wait ... no -- never ?!"},
        {"What is it? no one knows . . . It ended.",
         "What is it ?\nno one knows . . .\nIt ended ."},
        {"Broken caf\xEF\xBF\xBD s\xC2\xADo.", "Broken caf\xEF\xBF\xBD s\xC2\xADo ."},
    };
    CHECK(pairs);
}

static void stops_of_abbreviations_end_nothing(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"Gen. A. B. Haddad met Mr. Lund in the U.S. Senate on Jan. 3. He left.",
         "Gen. A. B. Haddad met Mr. Lund in the U.S. Senate on Jan. 3 .\nHe left ."},
        {"He lives in the U.S. The court moved.", "He lives in the U.S.\nThe court moved ."},
        {"It was No. 5 on the list. He said no. They left.",
         "It was No. 5 on the list .\nHe said no .\nThey left ."},
        {"They came at 5 p.m. Friday. At 6 p.m. They left.",
         "They came at 5 p.m. Friday .\nAt 6 p.m.\nThey left ."},
        {"Prices rose 3.5 percent to 1,000.25. That was all.",
         "Prices rose 3.5 percent to 1,000.25 .\nThat was all ."},
        {"He works for Acme Inc.", "He works for Acme Inc ."},
        {"Some say, e.g. Lund, that it failed.", "Some say , e.g. Lund , that it failed ."},
    };
    CHECK(pairs);
}

static void quotes_stay_with_their_sentence(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"\"We will go.\" He sat down.", "\" We will go . \"\nHe sat down ."},
        {"\"Why now?\" asked Lund. \"Stop!\" Haddad said.",
         "\" Why now ? \" asked Lund .\n\" Stop ! \" Haddad said ."},
        {"He said: \xE2\x80\x9CNo.\xE2\x80\x9D She went.",
         "He said : \xE2\x80\x9C No . \xE2\x80\x9D\nShe went ."},
        {"They left (on Monday). \"It ended,\" he said.",
         "They left ( on Monday ) .\n\" It ended , \" he said ."},
        {"He paused ... and went on. She did not.", "He paused ... and went on .\nShe did not ."},
    };
    CHECK(pairs);
}

static void stops_are_not_all(void **state)
{
    (void)state;
    const pair pairs[] = {
        /* addresses, faces, stamps of date and time, closing words of letters */
        {"See https://a.example/x https://b.example/y Then call us.",
         "See https://a.example/x\nhttps://b.example/y\nThen call us ."},
        {"The page https://a.example/x shows it.", "The page https://a.example/x shows it ."},
        {"It rained. :) Lund laughed. :-(", "It rained . :)\nLund laughed . :-("},
        {"That is fine :) See you.", "That is fine :)\nSee you ."},
        {"Ann Lund 26/09/2000 14:14 Talks have begun.",
         "Ann Lund\n26/09/2000 14:14\nTalks have begun ."},
        {"Ann Lund 01/19/2001 07:24 AM Talks have begun.",
         "Ann Lund\n01/19/2001 07:24 AM\nTalks have begun ."},
        {"On 26/09/2000 14:14 was a date.", "On 26/09/2000 14:14 was a date ."},
        {"We agree. Regards, Ann", "We agree .\nRegards ,\nAnn"},
        {"Love, Hate, War: three words.", "Love , Hate , War : three words ."},
        {"stop! they cried out. yes? we did.", "stop !\nthey cried out .\nyes ?\nwe did ."},
    };
    CHECK(pairs);
}

static void ellipses(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"He paused ... and left ... for good.", "He paused ... and left ... for good ."},
        {"He paused... Then he left.", "He paused ...\nThen he left ."},
        {"It ended there. ... Nobody came.", "It ended there .\n... Nobody came ."},
        {"Nobody\xE2\x80\xA6 Then they came.", "Nobody \xE2\x80\xA6\nThen they came ."},
    };
    CHECK(pairs);
}

static void capitals_and_headlines(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"ENVOYS OF U.S. AND IRAN MEET IN OSLO. TALKS GO ON.",
         "ENVOYS OF U.S. AND IRAN MEET IN OSLO .\nTALKS GO ON ."},
        {"GEN. HADDAD MET SEN. LUND. THEY TALKED.", "GEN. HADDAD MET SEN. LUND .\nTHEY TALKED ."},
        {"Envoys meet in Oslo\n\nThe envoys met on Monday. They left.\n\nNo stop here",
         "T: Envoys meet in Oslo\nThe envoys met on Monday .\nThey left .\nC: No stop here"},
        {"Envoys meet in Oslo\n\nPARIS, Jan. 3 (Agency) -- The envoys met. They left",
         "T: Envoys meet in Oslo\n<PARIS, Jan. 3 (Agency) --> The envoys met .\nThey left"},
    };
    CHECK(pairs);
}

static void lists_stand_alone(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"They agreed on this:\n- an open border\n- a joint fleet\n- an end of visas\n",
         "They agreed on this :\n- an open border\n- a joint fleet\n- an end of visas"},
        {"1. Open the border.\n2. Share the fleet.\n",
         "1 . Open the border .\n2 . Share the fleet ."},
        {"Their demands were: 1. Open the border now.",
         "Their demands were : 1 . Open the border now ."},
        {"\xE2\x80\xA2 Open the border\n\xE2\x80\xA2 Share the fleet\n",
         "\xE2\x80\xA2 Open the border\n\xE2\x80\xA2 Share the fleet"},
    };
    CHECK(pairs);
}

static void brackets_and_quotes(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"(They left.) She stayed [on Monday]. So it goes.",
         "( They left . )\nShe stayed [ on Monday ] .\nSo it goes ."},
        {"They left (\"We are done.\") and slept. It ended.",
         "They left ( \" We are done . \" ) and slept .\nIt ended ."},
        {"She wrote (\"All is lost.\") It was not.",
         "She wrote ( \" All is lost . \" )\nIt was not ."},
        {"\xE2\x80\x98\xE2\x80\x98We won.\xE2\x80\x99\xE2\x80\x99 They left.",
         "\xE2\x80\x98\xE2\x80\x98 We won . \xE2\x80\x99\xE2\x80\x99\nThey left ."},
        {"'We won,' he said. ``Never!'' she said.",
         "' We won , ' he said .\n`` Never ! '' she said ."},
    };
    CHECK(pairs);
}

static void numbers_and_addresses(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"It rose 2.5% to $1,234.50 on 11-20-2000 at 7:05.",
         "It rose 2.5 % to $ 1,234.50 on 11-20-2000 at 7:05 ."},
        {"Some .5 of 1/2 is 0.25. The 21st and 3rd won 3-1.",
         "Some .5 of 1/2 is 0.25 .\nThe 21st and 3rd won 3 - 1 ."},
        {"Write to a.lund@mail.example.org. Or see www.example.org/a?b=c.",
         "Write to a.lund@mail.example.org .\nOr see www.example.org/a?b=c ."},
        {"Read plan.pdf on news.example.org (http://example.org/x).",
         "Read plan.pdf on news.example.org ( http://example.org/x ) ."},
        {"Of course, i.e. The best, we agree. P.S. The end.",
         "Of course , i.e. The best , we agree .\nP.S. The end ."},
    };
    CHECK(pairs);
}

static void marks_belong_to_the_sentence_before(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"They met.[8] They parted[9] later.[10][11] It ended.",
         "They met . [8]\nThey parted later . [9] [10] [11]\nIt ended ."},
        {"They met.\n\n[8] They parted.\n\n[note 1] It ended.",
         "They met . [8]\nThey parted . [note 1]\nIt ended ."},
        {"They met.[31]:12\xE2\x80\x93"
         "14 He left.[citation needed][13, 14]",
         "They met . [31]\nHe left . [citation needed] [13] [14]"},
        {"In the U.S.[5] The court sat.", "In the U.S. [5]\nThe court sat ."},
        {"[3] They met.", "They met . [3]"},
        {"He wrote [in haste] to them.", "He wrote [ in haste ] to them ."},
    };
    CHECK(pairs);
}

static void glosses_give_no_tokens(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"Oslo (Korean: \xEC\x98\xA4\xEC\x8A\xAC\xEB\xA1\x9C; Persian: "
         "\xD8\xA7\xD8\xB3\xD9\x84\xD9\x88) "
         "is a city.",
         "Oslo is a city ."},
        {"The ministry (German: Amt f\xC3\xBCr Dinge) agreed.", "The ministry agreed ."},
        {"Moscow (\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0) agreed.", "Moscow agreed ."},
        {"The state (a member since 1955) agreed.", "The state ( a member since 1955 ) agreed ."},
    };
    CHECK(pairs);
}

static void datelines_are_kept_apart(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"OSLO, Dec 2 (ABC) - Talks began.", "<OSLO, Dec 2 (ABC) -> Talks began ."},
        {"NEW TOWN/OSLO, Jan. 1 (Agency) -- Talks began.",
         "<NEW TOWN/OSLO, Jan. 1 (Agency) --> Talks began ."},
        {"BERGEN \xE2\x80\x94 Talks began.", "<BERGEN \xE2\x80\x94> Talks began ."},
        {"Bergen (ABC) -- Talks began.", "<Bergen (ABC) --> Talks began ."},
        {"The UN - a body of states - met.", "The UN - a body of states - met ."},
        {"NATO - an alliance - met.", "NATO - an alliance - met ."},
    };
    CHECK(pairs);
}

static void lines_that_stand_alone(void **state)
{
    (void)state;
    const pair pairs[] = {
        {"Two states\n\nThey met in Oslo.\n\nEarly years\n\nThey parted.\n\nThe embassy in Oslo\n"
         "Cadets of the academy, 2021",
         "T: Two states\nThey met in Oslo .\nH: Early years\nThey parted .\nC: The embassy in "
         "Oslo\n"
         "C: Cadets of the academy , 2021"},
        {"Talks begin", "Talks begin"},
        {"The ministers of both states met in the old town hall on a rainy day\n"
         "and spoke for hours about the border, the river and the roads, while\n"
         "outside the crowd waited. Then they left.\n",
         "The ministers of both states met in the old town hall on a rainy day and spoke for hours "
         "about "
         "the border , the river and the roads , while outside the crowd waited .\nThen they left "
         "."},
    };
    CHECK(pairs);
}

static void given_tokens_are_kept(void **state)
{
    (void)state;
    dgm_reader *reader = NULL;
    dgm_document *document = NULL;
    dgm_reader_options options = DGM_READER_OPTIONS_INIT;
    options.input = DGM_INPUT_CONLLU;
    dgm_str file =
        DGM_STR("# text = Iran-Iraq war [8]. No end\n1\tIran-Iraq\n2\twar\n3\t[8]\t\t\t\t\t\t\t\t"
                "SpaceAfter=No\n4\t.\n5\tNo end\n\n");
    assert_int_equal(dgm_reader_open_memory(&reader, "x", file, &options, NULL), DGM_OK);
    assert_int_equal(dgm_reader_next(&document, reader, NULL), DGM_OK);
    dgm_reader_close(reader);
    take(document);
    assert_string_equal(show(), "Iran-Iraq war [8] . No end");
    assert_true(the.text->sentences[0].tokens[3].is_glued);
    assert_false(the.text->sentences[0].tokens[4].is_glued);
}

/* Spans are sorted, inside their sentence and never overlap; outside of them there is no letter but
 * in marks, glosses and datelines. */
static void check_spans(void)
{
    const dgm_text *text = the.text;
    uint32_t last = 0;
    for (uint32_t s = 0; s < text->count; s++) {
        const dgm_sentence *sentence = &text->sentences[s];
        assert_true(sentence->count > 0);
        assert_true(sentence->span.off >= last);
        for (uint32_t i = 0; i < sentence->count; i++) {
            const dgm_token *token = &sentence->tokens[i];
            assert_true(token->span.len > 0 && token->span.off >= last);
            assert_true(token->span.off >= sentence->span.off);
            assert_true(!token->is_glued || i > 0);
            last = dgm_span_end(token->span);
            assert_int_equal(dgm_utf8_is_space(text->bytes.ptr[token->span.off]), false);
        }
        assert_true(last <= dgm_span_end(sentence->span));
        last = dgm_span_end(sentence->span);
    }
    assert_true(last <= text->bytes.len);
}

/* Without brackets and dashes nothing may be lost: tokens and white space are the whole text. */
static void check_whole(void)
{
    const dgm_text *text = the.text;
    uint32_t at = 0;
    for (uint32_t s = 0; s < text->count; s++)
        for (uint32_t i = 0; i < text->sentences[s].count; i++) {
            dgm_span span = text->sentences[s].tokens[i].span;
            for (; at < span.off; at++)
                assert_true(dgm_is_space(text->bytes.ptr[at]));
            at = dgm_span_end(span);
        }
    for (; at < text->bytes.len; at++)
        assert_true(dgm_is_space(text->bytes.ptr[at]));
}

static uint64_t random_next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

static void any_text_is_covered(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",
                                         "B",
                                         ".",
                                         "U.S.",
                                         "Mr.",
                                         " ",
                                         "\n",
                                         "\n\n",
                                         "'",
                                         "n't",
                                         "'s",
                                         "\"",
                                         "1",
                                         ",",
                                         "-",
                                         "/",
                                         "$",
                                         "%",
                                         "@",
                                         "http://",
                                         "www.",
                                         "etc",
                                         "x.org",
                                         "\xE2\x80\x99",
                                         "\xE2\x80\x9D",
                                         "\xC3\xA9",
                                         "?",
                                         "!",
                                         "The",
                                         "cannot",
                                         "[8]",
                                         "[",
                                         "]",
                                         "(",
                                         ")",
                                         "Korean: ",
                                         "\xED\x95\x9C",
                                         "--",
                                         "\xFF",
                                         "\x01"};
    uint64_t seed = 11;
    for (int round = 0; round < 8000; round++) {
        char bytes[1024];
        size_t len = 0, count = random_next(&seed) % 60;
        /* Every second round keeps to what may not be lost. */
        size_t choice = round % 2 ? 30 : 40;
        for (size_t i = 0; i < count; i++) {
            const char *piece = pieces[random_next(&seed) % choice];
            memcpy(bytes + len, piece, strlen(piece));
            len += strlen(piece);
        }
        bytes[len] = 0;
        split(bytes);
        check_spans();
        bool has_dash = strchr(bytes, '-') != NULL;
        if (round % 2 && !has_dash)
            check_whole();
    }
}

/* Tokens and the gaps between them, in order, are the text byte for byte. */
static void check_rebuilt(void)
{
    const dgm_text *text = the.text;
    dgm_str whole = dgm_document_text(the.document);
    size_t len = whole.len;
    char *copy = malloc(len + 1);
    assert_non_null(copy);
    assert_int_equal(text->bytes.len, len);
    size_t at = 0;
    for (uint32_t s = 0; s < text->count; s++)
        for (uint32_t i = 0; i < text->sentences[s].count; i++) {
            dgm_span span = text->sentences[s].tokens[i].span;
            assert_in_range(span.off, at, len);
            assert_in_range(dgm_span_end(span), span.off, len);
            memcpy(copy + at, text->bytes.ptr + at, span.off - at); /* the gap */
            dgm_str form = dgm_token_form(text, &text->sentences[s].tokens[i]);
            memcpy(copy + span.off, form.ptr, form.len);
            at = dgm_span_end(span);
        }
    memcpy(copy + at, text->bytes.ptr + at, len - at);
    assert_memory_equal(copy, whole.ptr, len);
    free(copy);
}

static void split_bytes(const char *bytes, size_t len)
{
    dgm_document *document = NULL;
    dgm_str none = DGM_STR("");
    assert_int_equal(dgm_document_new(&document, none, none, none, (dgm_str){bytes, len}, NULL),
                     DGM_OK);
    take(document);
}

/* Random bytes of four kinds: any, few, mostly letters, UTF-8 with bytes knocked out. */
static void random_bytes_are_covered(void **state)
{
    (void)state;
    static const char few[] = " .\n'\"-/:@[(8a";
    static const char utf8[] = "\xC3\xA9\xE2\x80\x99s \xE2\x80\xA6\xF0\x9F\x98\x80";
    uint64_t seed = 5;
    for (int round = 0; round < 4000; round++) {
        char bytes[700];
        size_t len = random_next(&seed) % sizeof bytes;
        for (size_t i = 0; i < len; i++) {
            uint64_t next = random_next(&seed);
            switch (round % 4) {
            case 0:
                bytes[i] = (char)(next >> 5);
                break;
            case 1:
                bytes[i] = few[next % (sizeof few - 1)];
                break;
            case 2:
                bytes[i] = next % 9 ? (char)('a' + next % 26) : (char)(next >> 9);
                break;
            default:
                bytes[i] = next % 13 ? utf8[i % (sizeof utf8 - 1)] : (char)(next >> 9);
            }
        }
        split_bytes(bytes, len);
        check_spans();
        check_rebuilt();
        if (round % 4 == 1) { /* nothing to mend */
            assert_int_equal(the.text->bytes.len, len);
            assert_memory_equal(the.text->bytes.ptr, bytes, len);
        }
    }
}

/* Time grows with length, whatever the bytes: each of these a megabyte. */
static void megabytes_take_no_time(void **state)
{
    (void)state;
    static const char *const units[] = {
        "a",  "a.",  "'",     "(",  "[",       "1,",  "a-",
        ". ", "\"",  "U.S. ", "a@", "http://", "[1]", "(\xED\x95\x9C",
        "a'", "x\n", "...",   "A/"};
    enum { SIZE = 1 << 20 };
    char *bytes = malloc(SIZE + 16);
    assert_non_null(bytes);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        size_t unit = strlen(units[u]), len = 0;
        for (; len < SIZE; len += unit)
            memcpy(bytes + len, units[u], unit);
        bytes[len] = 0;
        clock_t begin = clock();
        split(bytes);
        check_spans();
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        if (seconds > 10) /* a tenth of this is usual; sanitizers are slow */
            fail_msg("\"%s\" took %.1f s", units[u], seconds);
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_parted),
        cmocka_unit_test(stops_of_abbreviations_end_nothing),
        cmocka_unit_test(quotes_stay_with_their_sentence),
        cmocka_unit_test(stops_are_not_all),
        cmocka_unit_test(ellipses),
        cmocka_unit_test(capitals_and_headlines),
        cmocka_unit_test(lists_stand_alone),
        cmocka_unit_test(brackets_and_quotes),
        cmocka_unit_test(numbers_and_addresses),
        cmocka_unit_test(marks_belong_to_the_sentence_before),
        cmocka_unit_test(glosses_give_no_tokens),
        cmocka_unit_test(datelines_are_kept_apart),
        cmocka_unit_test(lines_that_stand_alone),
        cmocka_unit_test(given_tokens_are_kept),
        cmocka_unit_test(any_text_is_covered),
        cmocka_unit_test(random_bytes_are_covered),
        cmocka_unit_test(megabytes_take_no_time),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
