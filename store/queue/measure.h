// How fast the queue is on this disk, beside what the disk can do.
#pragma once

#include <string>

#include "store/sql/db.h"

namespace store {

struct QueueRates {
    double fsyncs_per_s = 0;       // of 4 kB appended to a file beside the database
    double cycles_per_s = 0;       // add is not counted; claim and finish, each durable; one worker
    double cycles_many_per_s = 0;  // the same with `threads` workers, which share commits
};

// Makes a database in `folder` and removes it; takes about `seconds` three times.
base::Result<QueueRates> measure_queue(const std::string& folder, int threads, double seconds);

}  // namespace store
