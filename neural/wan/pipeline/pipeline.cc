#include "neural/wan/pipeline/pipeline.h"

#include <algorithm>

#include "neural/sampler/combine.h"
#include "neural/sampler/flow_solver.h"
#include "neural/wan/pipeline/conditions.h"
#include "tensor/ops/layout.h"

namespace neural::wan {

using tensor::Shape;
using tensor::Tensor;

namespace {

// Up to here prompt and negative prompt go through the transformer together: each weight is read
// once for both. Beyond, the activations of two clips cost more than that saves.
constexpr int64_t kTokensTogether = 16384;

// The loop's view of the models: which expert is loaded, and the texts as it embeds them.
class Denoiser {
public:
    Denoiser(const Models& models, const Request& request, const base::CancelToken* cancel)
        : models_(models), request_(request), cancel_(cancel) {}

    base::Status use(bool high_noise) {
        if (net_ && high_noise == high_noise_) return {};
        net_.reset();
        texts_ = {};
        high_noise_ = high_noise;
        net_ = TRY(high_noise ? models_.high_noise() : models_.transformer());
        texts_.push_back(TRY(net_->embed_text(request_.context)));
        if (guided()) texts_.push_back(TRY(net_->embed_text(request_.negative)));
        return {};
    }

    // The guided velocity [z,f,h,w].
    base::Result<Tensor> velocity(const Tensor& latent, const Tensor& y, const Tensor& timesteps) {
        const Shape& s = latent.shape();
        std::vector<Tensor> answers;
        if (texts_.size() == 1 || net_->tokens(s[1], s[2], s[3]) > kTokensTogether) {
            for (const Tensor& text : texts_) {
                answers.push_back(
                    TRY(net_->velocity({latent, y, text, timesteps}, cancel_)).reshape(s));
            }
        } else {
            const Tensor both =
                TRY(net_->velocity({latent, y, tensor::concat(texts_, 0), timesteps}, cancel_));
            answers = {both.rows(0, 1).reshape(s), both.rows(1, 2).reshape(s)};
        }
        if (answers.size() == 1) return answers[0];
        const double g = scale();
        return sampler::combine({{g, answers[0]}, {1 - g, answers[1]}});
    }

    const TransformerConfig& config() const { return net_->config(); }

private:
    double scale() const { return high_noise_ ? request_.guidance_high : request_.guidance_low; }
    bool guided() const { return request_.negative.defined() && scale() != 1; }

    const Models& models_;
    const Request& request_;
    const base::CancelToken* cancel_;
    std::shared_ptr<const Transformer> net_;
    std::vector<Tensor> texts_;
    bool high_noise_ = false;
};

base::Status check(const Models& models, const Request& r) {
    const VaeConfig& vae = models.vae->config();
    const Shape& s = r.noise.shape();
    if (s.rank() != 4 || s[0] != vae.z_dim || s.elements() == 0) {
        return base::failed("noise must be [" + std::to_string(vae.z_dim) + ",f,h,w], is " +
                            s.text());
    }
    for (const double g : {r.guidance_low, r.guidance_high}) {
        if (!(g >= 0 && g <= 100))
            return base::usage_error("guidance must be from 0 to 100", "cfg");
    }
    if (!r.start.defined()) {
        if (models.image == ImageUse::Channels)
            return base::usage_error("this model needs a picture to start from", "image");
        return {};
    }
    if (models.image == ImageUse::None)
        return base::usage_error("this model cannot start from a picture", "image");
    const Shape& p = r.start.shape();
    const int64_t side = vae.space_factor(), frames = models.vae->frames_of(s[1]);
    if (p.rank() != 5 || p[0] != 1 || p[4] != 3 || p[2] != s[2] * side || p[3] != s[3] * side) {
        return base::failed("the frames to start from are " + p.text() + ", must be 1xTx" +
                            std::to_string(s[2] * side) + "x" + std::to_string(s[3] * side) + "x3");
    }
    if (p[1] < 1 || p[1] > frames || (p[1] - 1) % vae.time_factor() != 0) {
        return base::usage_error(
            "a clip of " + std::to_string(frames) + " frames can start from 1 + " +
                std::to_string(vae.time_factor()) + " n frames, not from " + std::to_string(p[1]),
            "image");
    }
    return {};
}

// Timestep 0 for the tokens of the first `clean` latent frames.
Tensor token_timesteps(double t, const Shape& latent, int64_t clean, const TransformerConfig& c) {
    const int64_t row = latent[2] / c.patch_size[1] * (latent[3] / c.patch_size[2]);
    const int64_t frames = latent[1] / c.patch_size[0];
    Tensor timesteps(Shape{frames * row});
    for (int64_t i = 0; i < frames * row; ++i) {
        // A token that covers several latent frames goes by its first.
        const bool given = i / row * c.patch_size[0] < clean;
        timesteps.f32()[i] = given ? 0.0f : static_cast<float>(t);
    }
    return timesteps;
}

base::Result<Tensor> go_on(sampler::FlowSolver& solver, const Denoised& done, const Shape& shape) {
    const std::vector<Tensor>& tensors = done.tensors;
    if (tensors.empty() || !(tensors[0].shape() == shape) ||
        tensors[0].dtype() != tensor::DType::F32)
        return base::failed("the steps of another clip");
    TRY(solver.restore(done.steps, {tensors.begin() + 1, tensors.end()}, shape));
    return tensors[0];
}

}  // namespace

base::Result<Tensor> denoise(const Models& models, const Request& r, const Hooks& hooks) {
    TRY(check(models, r));
    const auto solver = TRY(sampler::make_flow_solver(r.solver, r.steps, r.shift));
    const Shape shape = r.noise.shape();
    Tensor latent = r.noise.clone();
    Tensor y, clean;
    if (models.image == ImageUse::Channels) {
        y = TRY(start_channels(*models.vae, r.start, shape, hooks.cancel));
    } else if (r.start.defined()) {
        clean = TRY(encode_start(*models.vae, r.start, hooks.cancel));
        keep_clean(latent, clean);
    }
    if (r.done.steps > 0) latent = TRY(go_on(*solver, r.done, shape));
    Denoiser denoiser(models, r, hooks.cancel);
    for (int64_t i = solver->position(); i < solver->steps(); ++i) {
        const double t = solver->schedule().timesteps[static_cast<size_t>(i)];
        const bool high = models.high_noise && t >= models.boundary * 1000;
        TRY(denoiser.use(high));
        const Tensor timesteps = clean.defined()
                                     ? token_timesteps(t, shape, clean.dim(1), denoiser.config())
                                     : Tensor::full({1}, static_cast<float>(t));
        latent = solver->step(latent, TRY(denoiser.velocity(latent, y, timesteps)));
        if (hooks.trace) hooks.trace(i, latent, high);
        if (clean.defined()) {
            // The solver keeps the latent it was given, so the clean frames go into a copy.
            latent = latent.clone();
            keep_clean(latent, clean);
        }
        if (hooks.keep) {
            Denoised done{i + 1, solver->memory()};
            done.tensors.insert(done.tensors.begin(), latent);
            hooks.keep(done);
        }
        if (hooks.progress) hooks.progress(i + 1, solver->steps());
    }
    return latent;
}

base::Status decode(const Vae& vae, const Tensor& latent, const Sink& sink,
                    const base::CancelToken* cancel) {
    const Shape s = latent.shape();
    if (s.rank() != 4) return base::failed("a latent clip must be [z,f,h,w], is " + s.text());
    const Tensor last = tensor::permute(latent, {1, 2, 3, 0});
    VaeDecoder decoder(vae);
    const Sink clamped = [&](const Tensor& frames) {
        return sink(tensor::activate(frames, tensor::Activation::Clamp1));
    };
    for (int64_t t = 0; t < s[1]; ++t) {
        TRY(decoder.push(last.rows(t, t + 1).reshape({1, 1, s[2], s[3], s[0]}), clamped, cancel));
    }
    return {};
}

base::Result<Shape> latent_shape(const VaeConfig& vae, const TransformerConfig& transformer,
                                 int64_t frames, int64_t height, int64_t width) {
    const int64_t time = vae.time_factor();
    if (frames < 1 || (frames - 1) % time != 0) {
        return base::usage_error(
            "a clip has 1 + " + std::to_string(time) + " n frames, not " + std::to_string(frames),
            "frames");
    }
    const int64_t latents = 1 + (frames - 1) / time;
    if (latents % transformer.patch_size[0] != 0 ||
        latents / transformer.patch_size[0] > kMostPositions)
        return base::usage_error("the model cannot make " + std::to_string(frames) + " frames",
                                 "frames");
    const int64_t space = vae.space_factor();
    for (const auto& [name, pixels, patch] :
         {std::tuple{"height", height, transformer.patch_size[1]},
          std::tuple{"width", width, transformer.patch_size[2]}}) {
        const int64_t unit = space * patch;
        if (pixels < unit || pixels % unit != 0 || pixels / unit > kMostPositions) {
            return base::usage_error(std::string(name) + " must be a multiple of " +
                                         std::to_string(unit) + ", at most " +
                                         std::to_string(unit * kMostPositions) + ", not " +
                                         std::to_string(pixels),
                                     name);
        }
    }
    return Shape{vae.z_dim, latents, height / space, width / space};
}

}  // namespace neural::wan
