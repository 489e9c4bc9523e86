#include <cmath>
#include <deque>
#include <optional>

#include "neural/wan/pipeline/pipeline.h"
#include "tensor/ops/layout.h"

namespace neural::wan {

using tensor::Tensor;

namespace {

// Frame `index` of a clip [1,n,H,W,3] in [-1,1] as sRGB bytes.
base::Image8 picture(const Tensor& clip, int64_t index) {
    const int64_t height = clip.dim(2), width = clip.dim(3), count = height * width * 3;
    base::Image8 image(static_cast<int>(width), static_cast<int>(height), 3);
    const float* from = clip.f32() + index * count;
    for (int64_t i = 0; i < count; ++i) {
        const float byte = std::nearbyint((from[i] + 1) * 127.5f);
        // NaN, which only broken weights give, becomes black.
        image.data[static_cast<size_t>(i)] = static_cast<uint8_t>(byte >= 255 ? 255.0f
                                                                  : byte > 0  ? byte
                                                                              : 0.0f);
    }
    return image;
}

class DecodedFrames final : public base::FrameSource {
public:
    DecodedFrames(std::shared_ptr<const Vae> vae, const Tensor& latent, double fps,
                  const base::CancelToken* cancel, Sink check)
        : vae_(std::move(vae)),
          decoder_(*vae_),
          latent_(tensor::permute(latent, {1, 2, 3, 0})),
          fps_(fps),
          cancel_(cancel),
          check_(std::move(check)) {}

    int width_px() const override {
        return static_cast<int>(latent_.dim(2) * vae_->config().space_factor());
    }
    int height_px() const override {
        return static_cast<int>(latent_.dim(1) * vae_->config().space_factor());
    }
    double fps() const override { return fps_; }
    int64_t frame_count() const override { return vae_->frames_of(latent_.dim(0)); }

    base::Result<std::optional<base::Frame>> next() override {
        if (failed_) return *failed_;
        while (ready_.empty() && pushed_ < latent_.dim(0)) {
            const base::Status pushed = push();
            if (!pushed) {
                failed_ = pushed.error();
                return *failed_;
            }
        }
        if (ready_.empty()) return std::optional<base::Frame>();
        base::Frame frame{index_++, std::move(ready_.front())};
        ready_.pop_front();
        return std::optional<base::Frame>(std::move(frame));
    }

private:
    base::Status push() {
        const Tensor one = latent_.rows(pushed_, pushed_ + 1)
                               .reshape({1, 1, latent_.dim(1), latent_.dim(2), latent_.dim(3)});
        ++pushed_;
        return decoder_.push(
            one,
            [&](const Tensor& frames) -> base::Status {
                if (check_) TRY(check_(frames));
                for (int64_t i = 0; i < frames.dim(1); ++i) ready_.push_back(picture(frames, i));
                return {};
            },
            cancel_);
    }

    std::shared_ptr<const Vae> vae_;
    VaeDecoder decoder_;
    Tensor latent_;  // [f,h,w,z]
    double fps_;
    const base::CancelToken* cancel_;
    Sink check_;
    int64_t pushed_ = 0, index_ = 0;
    std::deque<base::Image8> ready_;
    std::optional<base::Error> failed_;
};

}  // namespace

std::unique_ptr<base::FrameSource> decoded_frames(std::shared_ptr<const Vae> vae, Tensor latent,
                                                  double fps, const base::CancelToken* cancel,
                                                  Sink check) {
    return std::make_unique<DecodedFrames>(std::move(vae), latent, fps, cancel, std::move(check));
}

}  // namespace neural::wan
