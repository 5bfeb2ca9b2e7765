/* The knowledge pack that the build wrote, taken into the read-only data of the library. */
#include "base/pack.h"
#include <dragoman_pack_stamp.h> /* changes with the pack, so that this file is compiled again */

__asm__(".section .rodata\n"
        ".balign 4096\n"
        ".hidden dgm_builtin_begin\n"
        ".globl dgm_builtin_begin\n"
        "dgm_builtin_begin:\n"
        ".incbin \"" DGM_PACK_PATH "\"\n"
        ".hidden dgm_builtin_end\n"
        ".globl dgm_builtin_end\n"
        "dgm_builtin_end:\n"
        ".byte 0\n"
        ".previous\n");

extern const char dgm_builtin_begin[], dgm_builtin_end[];

dgm_str dgm_pack_builtin(void)
{
    return (dgm_str){dgm_builtin_begin, (size_t)(dgm_builtin_end - dgm_builtin_begin)};
}
