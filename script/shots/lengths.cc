#include "script/shots/lengths.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace script {

void set_lengths(ShotList& list, std::optional<double> total_s) {
    const double stretch = total_s ? *total_s / std::max(list.seconds(), 1e-9) : 1;
    double end_s = 0;
    int64_t frames_before = 0;
    for (Shot& shot : list.shots) {
        end_s += shot.seconds * stretch;
        const int64_t end = std::llround(end_s * list.fps);
        const int64_t frames = std::max<int64_t>(1, end - frames_before);
        shot.seconds = static_cast<double>(frames) / list.fps;
        frames_before += frames;
    }
}

}  // namespace script
