// Which waiting job is next. A lane holds the ready jobs of one project that ask the same of a
// worker; only the first job of each lane can be next, so a claim looks at lanes, not at jobs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/queue/queue.h"

namespace store {

struct Lane {
    JobId first = 0;
    int64_t priority = 0;  // of the first
    int64_t project_id = 0;
    std::string name;
    int64_t leased = 0;  // jobs of the project that are being worked on
};

// Of the lane that the job stands in.
std::string lane_name(const NewJob& job);

// The statement that finds every lane's first job; tests look at its plan.
extern const char* const kLaneHeads;

// The lanes that a worker with `can` may take from, best first.
base::Result<std::vector<Lane>> lanes_for(Tx& tx, const Capabilities& can);

// The first job of the lane that no other claim holds at this moment, of at least `priority`.
base::Result<std::optional<JobId>> first_free(Tx& tx, const Lane& lane, int64_t priority);

}  // namespace store
