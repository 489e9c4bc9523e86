#include "studio/neural/reference.h"

#include <cmath>

#include "media/decode.h"
#include "media/still.h"

namespace studio {
namespace {

class AtRate final : public base::FrameSource {
public:
    // Without a source `still` stands for all pictures.
    AtRate(std::unique_ptr<base::FrameSource> source, base::Image8 still, double fps,
           int64_t frames)
        : source_(std::move(source)), newest_(std::move(still)), fps_(fps), frames_(frames) {}
    int width_px() const override { return source_ ? source_->width_px() : newest_.width_px; }
    int height_px() const override { return source_ ? source_->height_px() : newest_.height_px; }
    double fps() const override { return fps_; }
    int64_t frame_count() const override { return -1; }
    base::Result<std::optional<base::Frame>> next() override {
        if (next_ >= frames_) return std::optional<base::Frame>();
        if (source_) {
            const auto wanted = static_cast<int64_t>(
                std::floor(static_cast<double>(next_) * source_->fps() / fps_ + 1e-6));
            while (have_ < wanted) {
                auto frame = TRY(source_->next());
                if (!frame) return std::optional<base::Frame>();
                newest_ = std::move(frame->image);
                ++have_;
            }
        }
        return std::optional<base::Frame>(base::Frame{next_++, newest_});
    }

private:
    std::unique_ptr<base::FrameSource> source_;
    base::Image8 newest_;
    double fps_;
    int64_t frames_, next_ = 0, have_ = -1;
};

}  // namespace

base::Result<std::shared_ptr<base::FrameSource>> open_reference(const std::string& path, double fps,
                                                                int64_t frames) {
    std::unique_ptr<base::FrameSource> clip;
    base::Image8 still;
    if (auto picture = media::read_image(path); picture.ok()) {
        still = std::move(*picture);
    } else if (auto opened = media::open_frames(path); opened.ok() && (*opened)->fps() > 0) {
        clip = std::move(*opened);
    } else {
        return base::usage_error(
            "is neither a picture (PNG, JPEG, WebP) nor a clip that can be read", path);
    }
    return std::shared_ptr<base::FrameSource>(
        std::make_shared<AtRate>(std::move(clip), std::move(still), fps, frames));
}

}  // namespace studio
