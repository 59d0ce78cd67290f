#pragma once
// What the files of the reader share. Inside this room only.

#include "store/db.h"
#include "store/reader.h"

struct reader {
    struct db db;
    struct run_info *info;
    bool snapshot; // a read transaction is open
};
