#include "base/processors.h"

#include <sched.h>
#include <stdio.h>
#include <unistd.h>

static int allowed(void)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof(set), &set) == 0)
        return CPU_COUNT(&set);
    return (int)sysconf(_SC_NPROCESSORS_ONLN); // more than a cpu_set_t has room for
}

// The control group's share in whole processors, rounded up; 0 if it is not limited.
static int share(void)
{
    FILE *f = fopen("/sys/fs/cgroup/cpu.max", "re"); // "200000 100000", or "max 100000"
    long long quota = 0, period = 0;
    int fields = 0;

    if (f == NULL)
        return 0;
    fields = fscanf(f, "%lld %lld", &quota, &period);
    fclose(f);
    return fields == 2 && quota > 0 && period > 0 ? (int)((quota + period - 1) / period) : 0;
}

int processors_count(void)
{
    int count = allowed(), most = share();

    if (most > 0 && most < count)
        count = most;
    return count > 1 ? count : 1;
}
