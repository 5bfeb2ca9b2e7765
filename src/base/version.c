/* The library's version. */
#include <dragoman/base.h>

const char *dgm_version(void)
{
    return DGM_VERSION;
}
