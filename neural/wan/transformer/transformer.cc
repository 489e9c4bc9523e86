#include "neural/wan/transformer/transformer.h"

#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"

namespace neural::wan {

using tensor::Activation;
using tensor::Shape;
using tensor::Tensor;

base::Result<Transformer> Transformer::load(const Loader& loader, const TransformerConfig& c,
                                            std::shared_ptr<WeightStream> stream) {
    Transformer net;
    net.config_ = c;
    const int64_t patch = c.patch_size[0] * c.patch_size[1] * c.patch_size[2];
    // A convolution whose stride is its kernel is a product over patches.
    const Tensor weight =
        loader.stored("patch_embedding.weight",
                      {c.dim, c.in_dim, c.patch_size[0], c.patch_size[1], c.patch_size[2]});
    net.patch_ = tensor::Linear(weight.reshape({c.dim, c.in_dim * patch}),
                                loader.vector("patch_embedding.bias", {c.dim}));
    net.text_in_ = loader.linear("text_embedding.0", c.text_dim, c.dim);
    net.text_out_ = loader.linear("text_embedding.2", c.dim, c.dim);
    net.time_in_ = loader.linear("time_embedding.0", c.freq_dim, c.dim);
    net.time_out_ = loader.linear("time_embedding.2", c.dim, c.dim);
    net.time_projection_ = loader.linear("time_projection.1", c.dim, 6 * c.dim);
    net.stream_ = std::move(stream);
    for (int64_t i = 0; i < c.num_layers; ++i) net.blocks_.emplace_back(loader.at("blocks", i), c);
    net.head_modulation_ = loader.vector("head.modulation", {1, 2, c.dim});
    net.head_ = loader.linear("head.head", c.dim, patch * c.out_dim);
    TRY(loader.finish(true));
    return net;
}

int64_t Transformer::tokens(int64_t f, int64_t h, int64_t w) const {
    return f / config_.patch_size[0] * (h / config_.patch_size[1]) * (w / config_.patch_size[2]);
}

base::Result<Tensor> Transformer::embed_text(const Tensor& context) const {
    const TransformerConfig& c = config_;
    if (context.rank() != 2 || context.dim(1) != c.text_dim || context.dim(0) > c.text_len) {
        return base::failed("text features must be at most " + std::to_string(c.text_len) + "x" +
                            std::to_string(c.text_dim) + ", are " + context.shape().text());
    }
    const Tensor padded =
        tensor::pad(context, 0, 0, c.text_len - context.dim(0), tensor::PadMode::Zero);
    return text_out_(text_in_(padded, Activation::GeluTanh)).reshape({1, c.text_len, c.dim});
}

base::Status Transformer::check(const Input& in) const {
    const TransformerConfig& c = config_;
    const Shape& s = in.latent.shape();
    if (s.rank() != 4) return base::failed("a latent clip must be [C,f,h,w], is " + s.text());
    for (int axis = 0; axis < 3; ++axis) {
        const int64_t side = s[axis + 1], patch = c.patch_size[static_cast<size_t>(axis)];
        if (side < patch || side % patch != 0 || side / patch > kMostPositions) {
            return base::failed("side " + std::to_string(side) + " of the latent clip " + s.text() +
                                " must be a multiple of " + std::to_string(patch) +
                                " and at most " + std::to_string(kMostPositions * patch));
        }
    }
    if (!in.y.defined() && c.model_type == "i2v")
        return base::failed("this model needs a picture to start from");
    int64_t channels = s[0];
    if (in.y.defined()) {
        if (in.y.rank() != 4 || in.y.dim(1) != s[1] || in.y.dim(2) != s[2] || in.y.dim(3) != s[3])
            return base::failed("y is " + in.y.shape().text() + " for a latent of " + s.text());
        channels += in.y.dim(0);
    }
    if (channels != c.in_dim) {
        return base::failed("the latent clip has " + std::to_string(channels) +
                            " channels, the model takes " + std::to_string(c.in_dim));
    }
    if (in.text.rank() != 3 || in.text.dim(1) != c.text_len || in.text.dim(2) != c.dim)
        return base::failed("the text is not from embed_text(): " + in.text.shape().text());
    if (in.tokens_at_once < 1) return base::failed("at least one token must pass at once");
    const int64_t count = in.timesteps.elements();
    if (count != 1 && count < tokens(s[1], s[2], s[3]))
        return base::failed("there are " + std::to_string(count) + " timesteps, fewer than tokens");
    return {};
}

base::Result<Tensor> Transformer::velocity(const Input& in, const base::CancelToken* cancel) const {
    TRY(check(in));
    const TransformerConfig& c = config_;
    const auto [pf, ph, pw] = c.patch_size;
    const int64_t f = in.latent.dim(1) / pf, h = in.latent.dim(2) / ph, w = in.latent.dim(3) / pw;
    const int64_t count = f * h * w;

    Tensor clip = in.latent;
    if (in.y.defined()) clip = tensor::concat(std::vector<Tensor>{in.latent, in.y}, 0);
    clip = tensor::permute(clip.reshape({c.in_dim, f, pf, h, ph, w, pw}), {1, 3, 5, 0, 2, 4, 6});
    Tensor x = patch_(clip.reshape({1, count, c.in_dim * pf * ph * pw}));

    const Distinct times = distinct(in.timesteps.f32(), in.timesteps.elements() == 1 ? 1 : count);
    const Tensor e =
        time_out_(time_in_(timestep_sinusoid(times.values, c.freq_dim), Activation::Silu));
    const Tensor e6 = time_projection_(tensor::activate(e, Activation::Silu));
    tensor::RowMap map;
    if (times.values.size() > 1) map.rows = Tensor::from_i32({count}, times.index);

    const RopeTable rope = wan_rope({f, h, w}, c.dim / c.num_heads);
    for (size_t i = 0; i < blocks_.size(); ++i) {
        const Block& block = blocks_[i];
        if (stream_) stream_->enter(static_cast<int64_t>(i));
        if (cancel) TRY(cancel->check());
        x = block(std::move(x), in.text, e6, map, rope, in.tokens_at_once);
    }

    const std::vector<Tensor> head = tensor::chunk(head_modulation_, 2, 1);
    const auto table = [&](const Tensor& part) {
        return tensor::affine(e, {}, part.reshape({c.dim}));
    };
    const int64_t batch = x.dim(0);
    const tensor::NormOptions norm{
        .kind = tensor::NormKind::Layer,
        .eps = static_cast<float>(c.eps),
        .modulation = {table(head[1]), table(head[0]), repeat_map(map, batch)}};
    const Tensor out = head_(tensor::norm(x, norm));
    return tensor::permute(out.reshape(Shape{batch, f, h, w, pf, ph, pw, c.out_dim}),
                           {0, 7, 1, 4, 2, 5, 3, 6})
        .reshape({batch, c.out_dim, f * pf, h * ph, w * pw});
}

}  // namespace neural::wan
