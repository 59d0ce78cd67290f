#pragma once
// How many processors there are for this process.

/// Those that it may run on (taskset, Slurm), or fewer where the control group of a container gives
/// it less time than these have. At least 1.
int processors_count(void);
