#include "neural/engine/wan_model.h"

#include <algorithm>
#include <cmath>

#include "neural/engine/finite.h"
#include "neural/engine/pictures.h"
#include "neural/engine/segments.h"
#include "neural/noise/noise.h"

namespace neural {
namespace {

// The pictures of a decoded clip, which has the model's rate and whole latents for sides, at the
// film's. A film's picture is the clip's newest at that time.
class WanPictures final : public Pictures {
public:
    WanPictures(std::unique_ptr<base::FrameSource> source, double clip_fps, double film_fps,
                int width_px, int height_px)
        : source_(std::move(source)),
          clip_fps_(clip_fps),
          film_fps_(film_fps),
          width_px_(width_px),
          height_px_(height_px) {}

    base::Result<base::Image8> next() override {
        const auto wanted = static_cast<int64_t>(
            std::floor(static_cast<double>(next_++) * clip_fps_ / film_fps_ + 1e-6));
        while (have_ < wanted) {
            std::optional<base::Frame> frame = TRY(source_->next());
            if (!frame) break;
            newest_ = crop(frame->image, width_px_, height_px_);
            ++have_;
        }
        if (newest_.empty()) return base::failed("the model made no picture");
        return newest_;
    }

private:
    std::unique_ptr<base::FrameSource> source_;
    double clip_fps_, film_fps_;
    int width_px_, height_px_;
    int64_t next_ = 0, have_ = -1;
    base::Image8 newest_;
};

class WanMaker final : public SegmentMaker {
public:
    WanMaker(std::shared_ptr<const WanParts> parts, const FilmPlan& plan)
        : parts_(std::move(parts)), plan_(plan) {}

    int64_t most_frames() const override {
        const double seconds = static_cast<double>(parts_->defaults.frames) / parts_->defaults.fps;
        return std::max<int64_t>(1, static_cast<int64_t>(std::floor(seconds * plan_.fps + 1e-6)));
    }
    Abilities abilities() const override {
        return {false,
                parts_->models.image != wan::ImageUse::None,
                false,
                guided(),
                "this model looks at no pictures beside the film: Wan has no control form here",
                "this model hears nothing: Wan makes silent pictures"};
    }
    std::string identity() const override { return parts_->id + "\n" + parts_->files; }

    base::Result<Clip> make(const Segment& segment, const Tell& tell,
                            const base::CancelToken* cancel) override {
        const wan::ModelDefaults& d = parts_->defaults;
        const int64_t side = d.vae.space_factor() * d.transformer.patch_size[1];
        const int64_t width = round_up(plan_.width_px, side),
                      height = round_up(plan_.height_px, side);
        const auto wanted =
            static_cast<int64_t>(
                std::floor(static_cast<double>(segment.frames - 1) * d.fps / plan_.fps + 1e-6)) +
            1;
        const int64_t frames = 1 + round_up(wanted - 1, d.vae.time_factor());

        const tensor::Shape latent =
            TRY(wan::latent_shape(d.vae, d.transformer, frames, height, width));
        std::optional<KeptClip::State> kept = segment.kept->load();
        if (kept && kept->done && kept->holds({latent})) return decoded(kept->tensors[0], cancel);
        tell("reading", 0, 0);
        if (parts_->begin_nets) parts_->begin_nets();
        wan::Request request;
        request.context = TRY(parts_->read(segment.prompt, cancel));
        if (guided()) request.negative = TRY(negative(cancel));
        request.noise = counter_noise(segment.seed)->normal(latent);
        if (segment.first_picture)
            request.start = from_image(*segment.first_picture,
                                       {width, height, static_cast<double>(plan_.width_px),
                                        static_cast<double>(plan_.height_px)});
        request.steps = plan_.steps > 0 ? plan_.steps : d.steps;
        request.shift = d.shift;
        request.guidance_low = d.guidance_low;
        request.guidance_high = d.guidance_high;
        if (kept && !kept->done && kept->step < request.steps)
            request.done = {kept->step, std::move(kept->tensors)};
        wan::Hooks hooks;
        hooks.cancel = cancel;
        hooks.keep = [&](const wan::Denoised& done) {
            if (done.steps < request.steps)
                segment.kept->save({0, done.steps, false, done.tensors});
        };
        hooks.progress = [&](int64_t done, int64_t steps) {
            tell("denoising", static_cast<int>(done), static_cast<int>(steps));
        };
        tell("denoising", static_cast<int>(request.done.steps), static_cast<int>(request.steps));
        const tensor::Tensor latents = TRY(wan::denoise(parts_->models, request, hooks));
        TRY(check_finite(latents, "video latents", parts_->weights, cancel));
        segment.kept->save({0, request.steps, true, {latents}});
        return decoded(latents, cancel);
    }

private:
    Clip decoded(const tensor::Tensor& latents, const base::CancelToken* cancel) const {
        if (parts_->begin_pictures) parts_->begin_pictures();
        const double fps = parts_->defaults.fps;
        return {std::make_unique<WanPictures>(
                    wan::decoded_frames(parts_->models.vae, latents, fps, cancel,
                                        [parts = parts_, cancel](const tensor::Tensor& frames) {
                                            return check_finite(frames, "decoded pictures",
                                                                parts->weights, cancel);
                                        }),
                    fps, plan_.fps, plan_.width_px, plan_.height_px),
                {}};
    }

    bool guided() const {
        return parts_->defaults.guidance_low != 1 || parts_->defaults.guidance_high != 1;
    }

    base::Result<tensor::Tensor> negative(const base::CancelToken* cancel) {
        if (!negative_.defined()) {
            negative_ = TRY(parts_->read(
                plan_.negative_prompt.empty() ? parts_->negative : plan_.negative_prompt, cancel));
        }
        return negative_;
    }

    std::shared_ptr<const WanParts> parts_;
    FilmPlan plan_;
    tensor::Tensor negative_;
};

class WanModel final : public Model {
public:
    explicit WanModel(WanParts parts)
        : parts_(std::make_shared<const WanParts>(std::move(parts))) {}
    const std::string& id() const override { return parts_->id; }
    base::Result<std::unique_ptr<Film>> film(const FilmPlan& plan,
                                             const FilmCallbacks& callbacks) override {
        return make_film_of_segments(std::make_shared<WanMaker>(parts_, plan), plan, callbacks);
    }

private:
    std::shared_ptr<const WanParts> parts_;
};

}  // namespace

std::shared_ptr<Model> make_wan_model(WanParts parts) {
    return std::make_shared<WanModel>(std::move(parts));
}

}  // namespace neural
