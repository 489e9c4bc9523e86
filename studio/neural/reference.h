// A file that a model is to look at beside the film it makes.
#pragma once

#include <memory>
#include <string>

#include "base/signal/source.h"

namespace studio {

// A clip at the film's rate: of its pictures the newest at each time, `frames` at most, ending
// where the clip ends. A picture stands still for all of them. Errors (Usage): neither of both.
base::Result<std::shared_ptr<base::FrameSource>> open_reference(const std::string& path, double fps,
                                                                int64_t frames);

}  // namespace studio
