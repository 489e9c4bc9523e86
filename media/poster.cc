#include "media/poster.h"

#include <algorithm>
#include <cmath>

#include "media/still.h"

namespace media {
namespace {

// Mean absolute difference between neighbours, damped where the picture is mostly black or white.
double score(const base::Image8& frame) {
    constexpr int kStep = 4;
    double detail = 0, mean = 0;
    int64_t count = 0;
    for (int y = 0; y + kStep < frame.height_px; y += kStep) {
        for (int x = 0; x + kStep < frame.width_px; x += kStep) {
            const int here = frame.at(x, y)[1];
            detail += std::abs(here - frame.at(x + kStep, y)[1]) +
                      std::abs(here - frame.at(x, y + kStep)[1]);
            mean += here;
            ++count;
        }
    }
    if (count == 0) return 0;
    mean /= static_cast<double>(count) * 255;
    return detail / static_cast<double>(count) * (4 * mean * (1 - mean) + 0.05);
}

}  // namespace

void PosterChooser::add(const base::Image8& frame) {
    const double now = score(frame);
    // A later frame must be clearly better, so quiet films keep an early, stable picture.
    if (now > best_score_ * 1.02) {
        best_score_ = now;
        best_ = frame;
    }
}

base::Status write_poster(const base::Image8& frame, const std::string& path, int max_width_px,
                          int quality) {
    if (frame.empty()) return base::failed("the film has no frames", path);
    if (frame.width_px <= max_width_px) return write_webp(frame, path, quality);
    const int height =
        std::max(1, static_cast<int>(std::lround(static_cast<double>(frame.height_px) *
                                                 max_width_px / frame.width_px)));
    return write_webp(resize(frame, max_width_px, height), path, quality);
}

}  // namespace media
