// The worker's loop: claim, fetch, make, upload, complete; again. One job at a time; the process
// may be killed at any moment, the lease brings the job to another.
#pragma once

#include <string>

#include "base/core/result.h"
#include "base/signal/source.h"
#include "studio/worker/client.h"
#include "studio/worker/sandbox.h"

namespace studio {

struct WorkerOptions {
    ClientOptions client;
    int threads = 0;
    std::string work_dir;  // "" = the system's folder for temporary files
    bool once = false;     // one job (or one claim without any), then return
    double wait_s = 20;    // of one claim
    Sandbox sandbox;
};

// Returns when `stop` is set (the job at hand goes back to the queue), after one job with `once`,
// or with an Error that asking again cannot mend (unknown token, no folder to work in).
base::Status run_worker(const WorkerOptions& options, const base::CancelToken& stop);

}  // namespace studio
