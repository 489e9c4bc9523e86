// One percentage for a whole job, and a small picture of it now and then.
#pragma once

#include <chrono>

#include "base/signal/image.h"
#include "studio/director/take.h"
#include "studio/worker/make.h"

namespace studio {

class ProgressMeter {
public:
    explicit ProgressMeter(const WorkOptions& options) : options_(options) {}

    void director(const Progress& progress);  // the stages before rendering
    // `picture` may be null.
    void rendered(int64_t frame, int64_t frames, const base::Image8* picture);
    void finishing();

private:
    void tell(double percent, const std::string& stage, int64_t frame, int64_t frames,
              std::string preview = {});

    const WorkOptions& options_;
    int percent_ = 0;
    int64_t preview_frame_ = -1;
    std::chrono::steady_clock::time_point preview_time_;
};

}  // namespace studio
