/* Read-only files: regular ones are mapped, pipes and the like are read to their end. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static dgm_status read_all(dgm_file *file, int fd, const char *path, dgm_error *err)
{
    size_t capacity = 1 << 16, len = 0;
    char *bytes = malloc(capacity);
    while (bytes) {
        if (len == capacity) {
            char *more = capacity > SIZE_MAX / 2 ? NULL : realloc(bytes, capacity *= 2);
            if (!more)
                break;
            bytes = more;
        }
        ssize_t got = read(fd, bytes + len, capacity - len);
        if (got > 0) {
            len += (size_t)got;
        } else if (got == 0) {
            *file = (dgm_file){{bytes, len}, false};
            return DGM_OK;
        } else if (errno != EINTR) {
            free(bytes);
            return dgm_fail_errno(err, path, "cannot read");
        }
    }
    free(bytes);
    return dgm_fail(err, DGM_ERROR_MEMORY, path, 0, "out of memory reading the file");
}

static dgm_status open_fd(dgm_file *file, int fd, const char *path, dgm_error *err)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return dgm_fail_errno(err, path, "cannot read");
    if (S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        return dgm_fail_errno(err, path, "cannot read");
    }
    if (S_ISREG(info.st_mode) && info.st_size > 0) {
        void *at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at != MAP_FAILED) {
            *file = (dgm_file){{at, (size_t)info.st_size}, true};
            return DGM_OK;
        }
    }
    return read_all(file, fd, path, err);
}

dgm_status dgm_file_open(dgm_file *file, const char *path, dgm_error *err)
{
    *file = (dgm_file){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return dgm_fail_errno(err, path, "cannot open");
    dgm_status status = open_fd(file, fd, path, err);
    close(fd);
    return status;
}

void dgm_file_close(dgm_file *file)
{
    if (file->is_mapped)
        munmap((void *)(uintptr_t)file->bytes.ptr, file->bytes.len);
    else
        free((void *)(uintptr_t)file->bytes.ptr);
    *file = (dgm_file){0};
}
