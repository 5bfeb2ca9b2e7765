/* The choice among the kernels at run time: by what the processor has and the system keeps. */
#include "parse/kernel.h"

size_t dgm_kernel_list(const dgm_kernel *list[DGM_KERNELS])
{
    size_t count = 0;
    list[count++] = &dgm_kernel_plain;
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx2"))
        list[count++] = &dgm_kernel_avx2;
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512vnni"))
        list[count++] = &dgm_kernel_avx512;
#endif
    return count;
}

const dgm_kernel *dgm_kernel_best(void)
{
    const dgm_kernel *list[DGM_KERNELS];
    return list[dgm_kernel_list(list) - 1];
}
