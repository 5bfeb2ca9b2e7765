/* cmocka and what it wants included before it. */
#ifndef DGM_TESTS_CMOCKA_ALL_H
#define DGM_TESTS_CMOCKA_ALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
