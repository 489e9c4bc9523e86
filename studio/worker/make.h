// A job becomes files: a film with all that belongs to it. Knows no network and no queue.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/core/result.h"
#include "base/json/json.h"
#include "base/signal/source.h"
#include "studio/worker/job.h"

namespace studio {

struct WorkProgress {
    int percent = 0;    // never falls within one job
    std::string stage;  // "staging", "rehearsing", "listening", "rendering", "finishing"
    int64_t frame = 0, frames = 0;
    std::string preview_jpeg;  // now and then, at most 640 pixels wide; "" = none this time
};

struct WorkOptions {
    int threads = 0;  // 0 = all cores; the film is the same for any count
    std::function<void(const WorkProgress&)> progress;  // from the thread that works
    const base::CancelToken* cancel = nullptr;
};

struct Made {
    std::map<std::string, std::string> outputs;  // name -> file below the job's folder
    base::Json result = base::Json::object();
};

// `folder` holds inputs/NAME for every input that the job names; outputs/ is made in it. What lies
// in there afterwards is the caller's to remove.
base::Result<Made> make_job(const FilmJob& job, const std::string& folder,
                            const WorkOptions& options);

}  // namespace studio
