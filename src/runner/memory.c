#include "runner/memory.h"

#include <sys/mman.h>
#include <unistd.h>

int pc_memory_open(struct pc_memory *memory, size_t size, struct pc_err *err)
{
    *memory = (struct pc_memory){.bytes = NULL};
    int fd = memfd_create("recording", MFD_CLOEXEC);
    if (fd >= 0 && ftruncate(fd, (off_t)size) == 0) {
        void *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (bytes != MAP_FAILED) {
            *memory = (struct pc_memory){bytes, size};
            return fd;
        }
    }
    pc_fail_errno(err, "there is no memory to record a profile into");
    if (fd >= 0)
        close(fd);
    return -1;
}

void pc_memory_fini(struct pc_memory *memory)
{
    if (memory->bytes)
        munmap(memory->bytes, memory->size);
    *memory = (struct pc_memory){.bytes = NULL};
}
