/* dragoman: the command. */
#include <dragoman/dragoman.h>

#include <stdio.h>

int main(void)
{
    printf("dragoman %s\n", dgm_version());
    return 0;
}
