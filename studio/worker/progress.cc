#include "studio/worker/progress.h"

#include <algorithm>
#include <cmath>

#include "media/jpeg.h"
#include "media/still.h"

namespace studio {
namespace {

// Shares of a usual film's time, measured: the stages before the pictures are short.
constexpr double kRendering_percent = 12, kFinishing_percent = 97;
constexpr int kPreviewWidth_px = 640, kPreviewQuality = 78;
constexpr int64_t kPreviewEvery = 12;  // frames

std::string preview_of(const base::Image8& picture) {
    const int width = std::min(kPreviewWidth_px, picture.width_px);
    const int height =
        std::max(1, static_cast<int>(std::lround(static_cast<double>(picture.height_px) * width /
                                                 picture.width_px)));
    auto jpeg = width == picture.width_px
                    ? media::encode_jpeg(picture, kPreviewQuality)
                    : media::encode_jpeg(media::resize(picture, width, height), kPreviewQuality);
    return jpeg.ok() ? std::move(jpeg).value() : std::string();  // a film without is as good
}

}  // namespace

void ProgressMeter::tell(double percent, const std::string& stage, int64_t frame, int64_t frames,
                         std::string preview) {
    percent_ = std::max(percent_, static_cast<int>(percent));
    if (options_.progress) options_.progress({percent_, stage, frame, frames, std::move(preview)});
}

void ProgressMeter::director(const Progress& progress) {
    double part = 0;
    if (progress.stage == Stage::Rehearsing) part = progress.fraction;
    if (progress.stage == Stage::Listening) part = progress.fraction + 0.5 / progress.shots;
    if (progress.stage == Stage::Denoising) {
        // Of a neural film nearly all of the time, and between its pictures: the whole's share.
        tell(1 + (kFinishing_percent - 1) * progress.fraction, stage_name(progress.stage), 0, 0);
        return;
    }
    tell(1 + (kRendering_percent - 1) * part, stage_name(progress.stage), 0, 0);
}

void ProgressMeter::rendered(int64_t frame, int64_t frames, const base::Image8* picture) {
    std::string preview;
    const auto now = std::chrono::steady_clock::now();
    const bool due = preview_frame_ < 0 || frame - preview_frame_ >= kPreviewEvery ||
                     now - preview_time_ >= std::chrono::seconds(1);
    if (due && picture != nullptr && options_.progress) {
        preview = preview_of(*picture);
        preview_frame_ = frame;
        preview_time_ = now;
    }
    const double part =
        static_cast<double>(frame) / static_cast<double>(std::max<int64_t>(1, frames));
    tell(kRendering_percent + (kFinishing_percent - kRendering_percent) * part,
         stage_name(Stage::Rendering), frame, frames, std::move(preview));
}

void ProgressMeter::finishing() { tell(kFinishing_percent, "finishing", 0, 0); }

}  // namespace studio
