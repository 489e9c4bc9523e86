#include "neural/engine/ltx_model.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <optional>

#include "neural/engine/finite.h"
#include "neural/engine/pictures.h"
#include "neural/engine/segments.h"
#include "neural/engine/sound.h"
#include "neural/ltx/audio/mel.h"
#include "neural/ltx/text/duration_head.h"
#include "neural/noise/noise.h"
#include "tensor/ops/layout.h"

namespace neural {
namespace {

// The vendor seeds the noise of the steps this far from that of the beginning.
constexpr uint64_t kStepSeed = 10000;
// Ours: noise of the diffusion decoder, apart from both.
constexpr uint64_t kDecoderSeed = 20000;

class LtxPictures final : public Pictures {
public:
    LtxPictures(std::shared_ptr<const LtxParts> parts, ltx::ClipFrames frames, int width_px,
                int height_px, const base::CancelToken* cancel)
        : parts_(std::move(parts)),
          frames_(std::move(frames)),
          width_px_(width_px),
          height_px_(height_px),
          cancel_(cancel) {}

    base::Result<base::Image8> next() override {
        while (!piece_.defined() || at_ >= piece_.dim(0)) {
            const std::optional<tensor::Tensor> more = TRY(frames_.next(cancel_));
            if (!more) return base::failed("the model made too few pictures");
            TRY(check_finite(*more, "decoded pictures", parts_->weights, cancel_));
            piece_ = more->reshape({more->dim(1), more->dim(2), more->dim(3), 3});
            at_ = 0;
        }
        return to_image(piece_, at_++, width_px_, height_px_);
    }

private:
    std::shared_ptr<const LtxParts> parts_;  // the pipeline outlives the frames
    ltx::ClipFrames frames_;
    int width_px_, height_px_;
    const base::CancelToken* cancel_;
    tensor::Tensor piece_;  // [n,H,W,3]
    int64_t at_ = 0;
};

// The diffusion decoder gives its frames in one go: a clip's pictures wait as bytes.
class DenoisedPictures final : public Pictures {
public:
    DenoisedPictures(std::shared_ptr<const LtxParts> parts, tensor::Tensor latents, uint64_t seed,
                     int width_px, int height_px, const base::CancelToken* cancel)
        : parts_(std::move(parts)),
          latents_(std::move(latents)),
          seed_(seed),
          width_px_(width_px),
          height_px_(height_px),
          cancel_(cancel) {}

    base::Result<base::Image8> next() override {
        if (latents_.defined()) TRY(decode());
        if (pictures_.empty()) return base::failed("the model made too few pictures");
        base::Image8 picture = std::move(pictures_.front());
        pictures_.pop_front();
        return picture;
    }

private:
    // Activations of a tile take about 3 GB of the released model's (see DiffusionTiles).
    static constexpr int64_t kTileFrames = 32, kFrameOverlap = 16, kTilePixels = 192;

    base::Status decode() {
        const tensor::Shape all = parts_->diffusion->noise_shape(latents_.shape());
        // Of its own for every frame: tiles that overlap ask for some frames again.
        const auto noise = [&](int64_t begin, int64_t end) -> base::Result<tensor::Tensor> {
            tensor::Tensor frames({1, end - begin, all[2], all[3], all[4]});
            const int64_t each = all[2] * all[3] * all[4];
            for (int64_t t = begin; t < end; ++t) {
                const auto source =
                    counter_noise(seed_ + 0x9E3779B97F4A7C15u * static_cast<uint64_t>(t + 1));
                const tensor::Tensor frame = source->normal({1, 1, all[2], all[3], all[4]});
                std::copy_n(frame.f32(), each, frames.f32() + (t - begin) * each);
            }
            return frames;
        };
        ltx::DiffusionTiles tiles;
        tiles.frames = kTileFrames;
        tiles.frame_overlap = kFrameOverlap;
        tiles.side_px = kTilePixels;
        TRY(parts_->diffusion->stream(
            latents_, noise, 1, tiles,
            [&](const tensor::Tensor& frames) -> base::Status {
                const tensor::Tensor flat =
                    frames.reshape({frames.dim(1), frames.dim(2), frames.dim(3), 3});
                for (int64_t t = 0; t < flat.dim(0); ++t)
                    pictures_.push_back(to_image(flat, t, width_px_, height_px_));
                return {};
            },
            cancel_));
        latents_ = {};
        return {};
    }

    std::shared_ptr<const LtxParts> parts_;
    tensor::Tensor latents_;
    uint64_t seed_;
    int width_px_, height_px_;
    const base::CancelToken* cancel_;
    std::deque<base::Image8> pictures_;
};

class LtxMaker final : public SegmentMaker {
public:
    LtxMaker(std::shared_ptr<const LtxParts> parts, const FilmPlan& plan)
        : parts_(std::move(parts)), plan_(plan) {
        const ltx::VideoScale scale = parts_->pipeline->scale();
        const int64_t whole = (parts_->upsampler ? 2 : 1) * (plan.reference ? shrink() : 1);
        width_ = round_up(plan.width_px, scale.width * whole);
        height_ = round_up(plan.height_px, scale.height * whole);
    }

    int64_t most_frames() const override {
        const ltx::VideoScale scale = parts_->pipeline->scale();
        const int64_t own = width_ / scale.width * (height_ / scale.height);
        const int64_t each = own + (plan_.reference ? own / (shrink() * shrink()) : 0);
        const int64_t latents = std::max<int64_t>(2, parts_->most_tokens / each);
        const auto seconds = static_cast<int64_t>(parts_->most_seconds * plan_.fps);
        return std::max<int64_t>(1, std::min(seconds, 1 + (latents - 1) * scale.time));
    }
    Abilities abilities() const override {
        const auto sampling = parts_->sampling(plan_.steps);
        return {true, true, true, sampling.ok() && sampling->uses_negative(), parts_->no_reference,
                ""};
    }
    std::string identity() const override { return parts_->id + "\n" + parts_->files; }

    base::Result<Clip> make(const Segment& segment, const Tell& tell,
                            const base::CancelToken* cancel) override {
        const ltx::Pipeline& pipeline = *parts_->pipeline;
        ltx::ClipRequest request;
        const int64_t halves = parts_->upsampler ? 2 : 1;
        request.size = {1 + round_up(segment.frames - 1, pipeline.scale().time), height_ / halves,
                        width_ / halves, plan_.fps};
        request.sampling = TRY(parts_->sampling(plan_.steps));
        std::optional<KeptClip::State> kept = segment.kept->load();
        if (kept && kept->tensors.size() != 2) kept.reset();
        if (kept && kept->done) {
            return decoded({kept->tensors[0], kept->tensors[1]}, segment.seed + kDecoderSeed,
                           cancel);
        }
        tell("reading", 0, 0);
        if (parts_->begin_reading) parts_->begin_reading();
        const ltx::TextContext prompt = TRY(parts_->read(segment.prompt, cancel));
        request.prompt = &prompt;
        if (request.sampling.uses_negative()) request.negative = TRY(negative(cancel));
        if (parts_->begin_denoising) parts_->begin_denoising();
        TRY(show(segment, request, cancel));
        TRY(look_at(segment, request, cancel));
        request.sound = TRY(listen_to(segment, request.size));
        const auto noise = counter_noise(segment.seed),
                   step_noise = counter_noise(segment.seed + kStepSeed);
        request.noise = noise.get();
        request.step_noise = step_noise.get();
        int stage = 0;
        ltx::DenoiseCallbacks callbacks;
        callbacks.cancel = cancel;
        callbacks.on_step = [&](int64_t step, int64_t steps, const ltx::Streams& state) {
            segment.kept->save({stage, step, false, {state.video, state.audio}});
            tell("denoising", static_cast<int>(step), static_cast<int>(steps));
        };
        ltx::Latents latents;
        if (!kept || kept->stage == 0) {
            if (kept) go_on(*kept, request);
            tell("denoising", static_cast<int>(request.done_steps),
                 static_cast<int>(request.sampling.sigmas.size()) - 1);
            latents = TRY(pipeline.generate(request, callbacks));
            kept.reset();
        }
        if (parts_->upsampler) {
            stage = 1;
            latents = TRY(second_stage(segment, request, latents, kept, callbacks));
        }
        TRY(check_finite(latents.video, "video latents", parts_->weights, cancel));
        TRY(check_finite(latents.audio, "sound latents", parts_->weights, cancel));
        segment.kept->save({stage, 0, true, {latents.video, latents.audio}});
        return decoded(latents, segment.seed + kDecoderSeed, cancel, !segment.sound.empty());
    }

private:
    // `silent`: the clip's sound was given and needs no decoding.
    base::Result<Clip> decoded(const ltx::Latents& latents, uint64_t seed,
                               const base::CancelToken* cancel, bool silent = false) const {
        if (parts_->begin_pictures) parts_->begin_pictures();
        if (silent) return Clip{TRY(pictures(latents, seed, cancel)), {}};
        const ltx::Pipeline& pipeline = *parts_->pipeline;
        const tensor::Tensor wave = TRY(pipeline.sound(latents));
        TRY(check_finite(wave, "sound", parts_->weights, cancel));
        return Clip{TRY(pictures(latents, seed, cancel)),
                    to_stereo_48k(wave, pipeline.vocoder().sample_rate())};
    }

    base::Result<std::unique_ptr<Pictures>> pictures(const ltx::Latents& latents, uint64_t seed,
                                                     const base::CancelToken* cancel) const {
        if (parts_->diffusion) {
            return std::unique_ptr<Pictures>(std::make_unique<DenoisedPictures>(
                parts_, latents.video, seed, plan_.width_px, plan_.height_px, cancel));
        }
        ltx::ClipFrames frames = TRY(ltx::ClipFrames::begin(*parts_->pipeline, latents));
        return std::unique_ptr<Pictures>(std::make_unique<LtxPictures>(
            parts_, std::move(frames), plan_.width_px, plan_.height_px, cancel));
    }

    static void go_on(const KeptClip::State& kept, ltx::ClipRequest& request) {
        request.done_steps = kept.step;
        request.done = {kept.tensors[0], kept.tensors[1]};
    }

    int64_t shrink() const { return parts_->reference_shrink; }

    // A picture of this clip, or of one that is smaller by a whole factor.
    NetPicture net_picture(int64_t width, int64_t height) const {
        return {width, height,
                static_cast<double>(plan_.width_px * width) / static_cast<double>(width_),
                static_cast<double>(plan_.height_px * height) / static_cast<double>(height_)};
    }

    // The pictures that the clip is to show itself.
    base::Status show(const Segment& segment, ltx::ClipRequest& request,
                      const base::CancelToken* cancel) const {
        request.conditions.clear();
        const auto add = [&](int64_t frame, const base::Image8& image,
                             double strength) -> base::Status {
            const tensor::Tensor picture =
                from_image(image, net_picture(request.size.width, request.size.height));
            request.conditions.push_back(
                TRY(parts_->pipeline->condition(picture, frame, strength, cancel)));
            return {};
        };
        if (segment.first_picture) TRY(add(0, *segment.first_picture, segment.first_strength));
        for (const Segment::Key& key : segment.keys)
            TRY(add(key.frame, *key.picture, key.strength));
        return {};
    }

    // What it looks at. Pictures are encoded as they come; the last one fills the last latent.
    base::Status look_at(const Segment& segment, ltx::ClipRequest& request,
                         const base::CancelToken* cancel) const {
        if (!segment.reference) return {};
        std::optional<base::Image8> next = TRY(segment.reference());
        if (!next) return {};
        const NetPicture net =
            net_picture(request.size.width / shrink(), request.size.height / shrink());
        const int64_t count = request.size.frames;
        const tensor::Shape shape{1, count, net.height, net.width, 3};
        tensor::Tensor picture;
        const auto supply = [&](int64_t begin, int64_t end) -> base::Result<tensor::Tensor> {
            tensor::Tensor piece({1, end - begin, net.height, net.width, 3});
            const int64_t each = net.height * net.width * 3;
            for (int64_t t = begin; t < end; ++t) {
                if (next) picture = from_image(*next, net);
                std::copy_n(picture.f32(), each, piece.f32() + (t - begin) * each);
                if (next && t + 1 < count) next = TRY(segment.reference());
            }
            return piece;
        };
        ltx::Condition condition;
        condition.kind = ltx::Condition::Kind::Reference;
        condition.latent = TRY(parts_->pipeline->video_vae().encode(shape, supply, cancel));
        condition.shrink = static_cast<double>(shrink());
        request.conditions.push_back(condition);
        return {};
    }

    // What it hears: the sound's tokens, at full strength. What is left of the clip is free.
    base::Result<std::optional<ltx::GivenSound>> listen_to(const Segment& segment,
                                                           const ltx::ClipSize& size) const {
        std::optional<ltx::GivenSound> given;
        if (segment.sound.empty()) return given;
        const ltx::AudioVae& vae = parts_->pipeline->audio_vae();
        const ltx::MelSpec spec{.bands = vae.config().mel_bins};
        // The spectrogram reflects half a window at both ends.
        const auto least =
            static_cast<size_t>(base::kSampleRateHz * spec.window / spec.sample_rate);
        std::vector<float> sound = segment.sound;
        sound.resize(std::max(sound.size(), least * base::kAudioChannels), 0.0f);
        const tensor::Tensor mel = TRY(ltx::log_mel(from_stereo(sound), base::kSampleRateHz, spec));
        const int64_t most = std::max<int64_t>(1, ltx::audio_tokens(size.frames, size.fps));
        int64_t tokens = most;
        while (tokens > 1 && vae.config().mel_frames(tokens) > mel.dim(2)) --tokens;
        given = ltx::GivenSound{
            TRY(vae.encode(tensor::slice(mel, 2, 0, vae.config().mel_frames(tokens))))};
        return given;
    }

    // At full size from the enlarged latents: noise up to the schedule's first level, then down.
    base::Result<ltx::Latents> second_stage(const Segment& segment, ltx::ClipRequest request,
                                            const ltx::Latents& small,
                                            const std::optional<KeptClip::State>& kept,
                                            const ltx::DenoiseCallbacks& callbacks) const {
        request.done_steps = 0;
        request.done = {};
        if (kept) go_on(*kept, request);
        else
            request.start =
                TRY(parts_->pipeline->enlarge(*parts_->upsampler, small, callbacks.cancel));
        request.size.width = width_;
        request.size.height = height_;
        request.sampling = ltx::second_stage_sampling();
        request.noise_scale = request.sampling.sigmas.front();
        TRY(show(segment, request, callbacks.cancel));
        return parts_->pipeline->generate(request, callbacks);
    }

    base::Result<const ltx::TextContext*> negative(const base::CancelToken* cancel) {
        if (!negative_) {
            negative_ = TRY(parts_->read(
                plan_.negative_prompt.empty() ? parts_->negative : plan_.negative_prompt, cancel));
        }
        return &*negative_;
    }

    std::shared_ptr<const LtxParts> parts_;
    FilmPlan plan_;
    int64_t width_ = 0, height_ = 0;
    std::optional<ltx::TextContext> negative_;
};

class LtxModel final : public Model {
public:
    explicit LtxModel(LtxParts parts)
        : parts_(std::make_shared<const LtxParts>(std::move(parts))) {}
    const std::string& id() const override { return parts_->id; }
    base::Result<std::unique_ptr<Film>> film(const FilmPlan& plan,
                                             const FilmCallbacks& callbacks) override {
        return make_film_of_segments(std::make_shared<LtxMaker>(parts_, plan), plan, callbacks);
    }
    base::Result<double> seconds_of(const std::string& prompt, double fps,
                                    const base::CancelToken* cancel) override {
        if (!parts_->seconds) return Model::seconds_of(prompt, fps, cancel);
        const double seconds = TRY(parts_->seconds(prompt, cancel));
        return static_cast<double>(ltx::frames_of_seconds(seconds, fps)) / fps;
    }

private:
    std::shared_ptr<const LtxParts> parts_;
};

}  // namespace

std::shared_ptr<Model> make_ltx_model(LtxParts parts) {
    return std::make_shared<LtxModel>(std::move(parts));
}

}  // namespace neural
