#include "neural/ltx/video/diffusion_decoder.h"

#include <algorithm>
#include <cmath>

#include "neural/ltx/video/patches.h"
#include "neural/ltx/video/tile_blend.h"
#include "tensor/core/parallel.h"
#include "tensor/ops/activation.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/attention.h"
#include "tensor/ops/layout.h"
#include "tensor/ops/norm.h"
#include "tensor/ops/rope.h"

namespace neural::ltx {

using tensor::Activation;
using tensor::Linear;
using tensor::Shape;
using tensor::Tensor;
using Triple = DiffusionDecoderConfig::Triple;

namespace {

constexpr float kEps = 1e-6f;
constexpr int64_t kSinusoids = 256;
// Tokens of which the feed-forward's wide middle exists at once.
constexpr int64_t kTokens = 8192;
// Rows of the modulation.
enum Row : int64_t { kScaleAttention, kShiftAttention, kGateAttention, kScaleMlp, kShiftMlp };

Tensor flat(const Tensor& x) { return x.reshape({1, -1, x.dim(-1)}); }

// sin and cos of t * 1000 at 128 frequencies, cosines first (specification 2.4).
Tensor sinusoids(double t) {
    constexpr int64_t half = kSinusoids / 2;
    Tensor out(Shape{1, kSinusoids});
    const float at = static_cast<float>(t) * 1000.0f;
    for (int64_t i = 0; i < half; ++i) {
        const float frequency = std::exp(-static_cast<float>(std::log(10000.0)) *
                                         static_cast<float>(i) / static_cast<float>(half));
        out.f32()[i] = std::cos(at * frequency);
        out.f32()[half + i] = std::sin(at * frequency);
    }
    return out;
}

// Which pairs of a head turn with time, row and column.
Triple rope_pairs(int64_t head_dim) {
    int64_t time = head_dim / 4 / 2 * 2;
    if ((head_dim - time) / 2 % 2 != 0) time -= 2;
    const int64_t side = (head_dim - time) / 2;
    return {time / 2, side / 2, side / 2};
}

}  // namespace

// A part of a clip's volume and its position code.
struct DiffusionDecoder::Grid {
    Tensor cos, sin;  // [1,positions,1,head_dim/2]

    Grid(const Shape& x, int64_t head_dim, Triple origin) {
        const Triple pairs = rope_pairs(head_dim);
        const int64_t half = head_dim / 2;
        std::array<std::vector<float>, 3> c, s;
        for (int a = 0; a < 3; ++a) {
            for (int64_t p = 0; p < x[1 + a]; ++p) {
                for (int64_t i = 0; i < pairs[a]; ++i) {
                    const float inverse =
                        1.0f /
                        std::pow(10000.0f, static_cast<float>(i) / static_cast<float>(pairs[a]));
                    const float angle = static_cast<float>(origin[a] + p) * inverse;
                    c[a].push_back(std::cos(angle));
                    s[a].push_back(std::sin(angle));
                }
            }
        }
        const int64_t H = x[2], W = x[3];
        cos = Tensor(Shape{1, x[1] * H * W, 1, half});
        sin = Tensor(cos.shape());
        tensor::parallel_for(x[1] * H * W, 1024, [&](int64_t begin, int64_t end) {
            for (int64_t r = begin; r < end; ++r) {
                const Triple at = {r / (H * W), r / W % H, r % W};
                int64_t offset = r * half;
                for (int a = 0; a < 3; ++a) {
                    std::copy_n(c[a].data() + at[a] * pairs[a], pairs[a], cos.f32() + offset);
                    std::copy_n(s[a].data() + at[a] * pairs[a], pairs[a], sin.f32() + offset);
                    offset += pairs[a];
                }
            }
        });
    }
};

DiffusionDecoder::Block DiffusionDecoder::load_block(const Loader& loader,
                                                     const DiffusionDecoderConfig& config,
                                                     int64_t channels, bool denoiser) {
    Block b;
    b.norm1 = loader.at("norm1").vector("weight", {channels});
    b.norm2 = loader.at("norm2").vector("weight", {channels});
    const Loader attention = loader.at("attn");
    b.q_norm = attention.at("q_norm").vector("weight", {config.head_dim});
    b.k_norm = attention.at("k_norm").vector("weight", {config.head_dim});
    // One matrix in the file, three layers here: its thirds are used apart.
    const Tensor weight = attention.stored("qkv.weight", {3 * channels, channels});
    const Tensor bias = attention.vector("qkv.bias", {3 * channels});
    for (const auto& [layer, i] : {std::pair{&b.q, int64_t{0}}, {&b.k, 1}, {&b.v, 2}}) {
        *layer = Linear(weight.rows(i * channels, (i + 1) * channels),
                        bias.rows(i * channels, (i + 1) * channels));
    }
    b.proj = attention.linear("proj", channels, channels);
    const int64_t hidden = (4 * channels + 15) / 16 * 16;
    b.gate = loader.linear("mlp.w_gate", channels, hidden, false);
    b.up = loader.linear("mlp.w_up", channels, hidden, false);
    b.down = loader.linear("mlp.w_down", hidden, channels, false);
    if (denoiser) {
        b.context = loader.linear("context_proj", channels, channels);
        b.table = loader.vector("scale_shift_table", {7, channels});
        // Only some files carry gates; a generator of weights has every name, so it is not asked.
        if (!loader.source().names().empty() && loader.has("gate_msa")) {
            b.gate_attention = loader.vector("gate_msa", {channels}).reshape({1, channels});
            b.gate_mlp = loader.vector("gate_mlp", {channels}).reshape({1, channels});
            b.gate_context = loader.vector("gate_ctx", {channels}).reshape({1, channels});
        }
    }
    return b;
}

base::Result<DiffusionDecoder> DiffusionDecoder::load(const Loader& loader,
                                                      const DiffusionDecoderConfig& c) {
    DiffusionDecoder net;
    net.config_ = c;
    const Loader at = loader.at("decoder");
    const int64_t last = c.channels[4], pixels = c.out_channels * c.patch_size * c.patch_size;
    net.conv_in_ = at.linear("conv_in", c.latent_channels, c.channels[0]);
    for (size_t s = 0; s < 4; ++s) {
        const auto index = static_cast<int64_t>(s);
        std::vector<Block> blocks;
        for (int64_t i = 0; i < c.depths[s]; ++i) {
            blocks.push_back(load_block(at.at("det_stages", index).at(std::to_string(i)), c,
                                        c.channels[s], false));
        }
        net.stages_.push_back(std::move(blocks));
        const Triple& p = c.strides[s];
        net.upsamples_.push_back(
            at.at("upsamples", index)
                .linear("proj", c.channels[s],
                        p[0] * p[1] * p[2] * (c.channels[s] / c.reductions[s])));
    }
    net.embed_1_ = at.linear("t_embedder.mlp.0", kSinusoids, c.time_embedding);
    net.embed_2_ = at.linear("t_embedder.mlp.2", c.time_embedding, c.time_embedding);
    net.adaln_ = at.linear("shared_adaln.proj", c.time_embedding, 7 * last);
    net.conv_in_x_t_ = at.linear("conv_in_x_t", pixels, last);
    for (int64_t i = 0; i < c.depths[4]; ++i)
        net.denoiser_.push_back(load_block(at.at("diff_blocks", i), c, last, true));
    net.norm_out_ = at.vector("norm_out.weight", {last});
    net.conv_out_ = at.linear("conv_out", last, pixels);
    const Loader statistics = loader.at("per_channel_statistics");
    net.mean_ = statistics.vector("mean-of-means", {c.latent_channels});
    net.std_ = statistics.vector("std-of-means", {c.latent_channels});
    TRY(loader.finish());
    return net;
}

namespace {

// y = norm(x) (1 + scale) + shift with one row of a table for all tokens, or without.
Tensor normed(const Tensor& x, const Tensor& weight, const Tensor& modulation, int64_t scale,
              int64_t shift) {
    tensor::NormOptions o{.kind = tensor::NormKind::Rms, .eps = kEps, .weight = weight};
    if (modulation.defined()) {
        o.modulation.scale = modulation.rows(scale, scale + 1);
        o.modulation.shift = modulation.rows(shift, shift + 1);
    }
    return tensor::norm(x, o);
}

void add_gated(Tensor& x, const Tensor& gate, const Tensor& y) {
    if (gate.defined()) {
        tensor::gated_add_inplace(x, gate, {}, y);
    } else {
        tensor::add_inplace(x, y);
    }
}

}  // namespace

void DiffusionDecoder::attend(const Block& b, Tensor& x, Triple kernel, const Grid& grid,
                              const Tensor& modulation) const {
    const int64_t D = config_.head_dim, heads = x.dim(4) / D, batch = x.dim(0);
    const Shape windows{batch, x.dim(1), x.dim(2), x.dim(3), heads, D};
    const auto turned = [&](const Linear& layer, const Tensor& in, const Tensor& weight) {
        Tensor y = tensor::rms_norm(layer(in).reshape({batch, -1, heads, D}), kEps, weight);
        tensor::rope_inplace(y, grid.cos, grid.sin, tensor::RopeLayout::Pairs);
        return y.reshape(windows);
    };
    Tensor in = normed(flat(x), b.norm1, modulation, kScaleAttention, kShiftAttention);
    const Tensor q = turned(b.q, in, b.q_norm), k = turned(b.k, in, b.k_norm);
    const Tensor v = b.v(in).reshape(windows);
    in = {};
    const Tensor y =
        tensor::neighbourhood_attention(q, k, v, kernel, 1.0f / std::sqrt(static_cast<float>(D)));
    Tensor sum = flat(x);
    add_gated(sum, b.gate_attention, b.proj(y.reshape(sum.shape())));
}

void DiffusionDecoder::feed_forward(const Block& b, Tensor& x, const Tensor& modulation) const {
    const Tensor all = x.reshape({-1, x.dim(4)});
    for (int64_t first = 0; first < all.dim(0); first += kTokens) {
        Tensor rows = flat(all.rows(first, std::min(first + kTokens, all.dim(0))));
        const Tensor in = normed(rows, b.norm2, modulation, kScaleMlp, kShiftMlp);
        add_gated(rows, b.gate_mlp, b.down(tensor::gated(b.gate(in), b.up(in), Activation::Silu)));
    }
}

base::Result<Tensor> DiffusionDecoder::stage(size_t index, Tensor x, Triple origin,
                                             const base::CancelToken* cancel) const {
    const Grid grid(x.shape(), config_.head_dim, origin);
    Triple kernel = config_.kernels[index];
    for (int a = 0; a < 3; ++a) kernel[a] = std::min(kernel[a], x.dim(1 + a));
    for (const Block& b : stages_[index]) {
        if (cancel) TRY(cancel->check());
        attend(b, x, kernel, grid, {});
        feed_forward(b, x, {});
    }
    return x;
}

Tensor DiffusionDecoder::upsample(size_t index, const Tensor& x, bool begins) const {
    const Triple& p = config_.strides[index];
    const Tensor y = upsamples_[index](x).reshape(
        {x.dim(0), x.dim(1), x.dim(2), x.dim(3), -1, p[0], p[1], p[2]});
    const Tensor moved =
        tensor::permute(y, {0, 1, 5, 2, 6, 3, 7, 4})
            .reshape({x.dim(0), x.dim(1) * p[0], x.dim(2) * p[1], x.dim(3) * p[2], -1});
    // A clip's first position stands for one frame.
    return begins ? tensor::slice(moved, 1, p[0] - 1, moved.dim(1)) : moved;
}

Tensor DiffusionDecoder::tokens(const Tensor& latent) const {
    const Tensor padded = tensor::pad(latent, 1, 0, config_.appended(), tensor::PadMode::Replicate);
    return conv_in_(tensor::affine(padded, std_, mean_));
}

base::Result<Tensor> DiffusionDecoder::context(const Tensor& latent, int stages) const {
    Tensor x = tokens(latent);
    for (size_t s = 0; s < static_cast<size_t>(stages); ++s)
        x = upsample(s, TRY(stage(s, x, {}, nullptr)), true);
    return x;
}

base::Result<Tensor> DiffusionDecoder::denoise(const Tensor& context, Tensor x, int64_t steps,
                                               Triple origin,
                                               const base::CancelToken* cancel) const {
    const Grid grid(context.shape(), config_.head_dim, origin);
    Triple kernel = config_.denoiser_kernel;
    for (int a = 0; a < 3; ++a) kernel[a] = std::min(kernel[a], context.dim(1 + a));
    const int64_t channels = config_.channels[4];
    for (int64_t i = 0; i < steps; ++i) {
        const double t = static_cast<double>(steps - i) / static_cast<double>(steps);
        Tensor embedded = embed_2_(embed_1_(sinusoids(t), Activation::Silu), Activation::Silu);
        const Tensor shared = adaln_(embedded).reshape({7, channels});
        Tensor h = conv_in_x_t_(patchify(x, config_.patch_size));
        for (const Block& b : denoiser_) {
            if (cancel) TRY(cancel->check());
            Tensor sum = flat(h);
            add_gated(sum, b.gate_context, b.context(flat(context)));
            const Tensor modulation = tensor::add(shared, b.table);
            attend(b, h, kernel, grid, modulation);
            feed_forward(b, h, modulation);
        }
        const Tensor clean =
            unpatchify(conv_out_(tensor::rms_norm(h, kEps, norm_out_)), config_.patch_size);
        if (i + 1 == steps) return clean;
        // x - (t - t') (x - clean) / t
        const auto share = static_cast<float>(1.0 / static_cast<double>(steps) / t);
        x = tensor::axpby(1.0f - share, x, share, clean);
    }
    return x;
}

Shape DiffusionDecoder::noise_shape(const Shape& latent) const {
    return {latent[0], config_.time_factor() * (latent[1] - 1) + 1,
            config_.space_factor() * latent[2], config_.space_factor() * latent[3],
            config_.out_channels};
}

namespace {

// Tiles in positions of stage 4; sides of 0 mean all.
base::Result<std::vector<TileSpan>> cut(int64_t length, int64_t side, int64_t overlap, int64_t unit,
                                        int64_t factor) {
    if (side < 0 || overlap < 0) return base::usage_error("tiles have no negative sides");
    if (side == 0) return tile_spans(length, length, 0, factor);
    const int64_t size = (side + unit - 1) / unit, shared = (overlap + unit - 1) / unit;
    if (size <= shared) return base::usage_error("a tile must be larger than its overlap");
    return tile_spans(length, size, shared, factor);
}

}  // namespace

base::Status DiffusionDecoder::stream(const Tensor& latent, const Noise& noise, int64_t steps,
                                      const DiffusionTiles& tiles, const Sink& sink,
                                      const base::CancelToken* cancel) const {
    if (latent.rank() != 5 || latent.dim(4) != config_.latent_channels || latent.elements() < 1) {
        return base::usage_error("video latents must be [B,T,H,W," +
                                 std::to_string(config_.latent_channels) + "], not " +
                                 latent.shape().text());
    }
    if (steps < 1 || steps > 1000) return base::usage_error("1 to 1000 denoising steps");
    const Shape whole = noise_shape(latent.shape());
    const int64_t total = whole[1];

    Tensor x = tokens(latent);
    for (size_t s = 0; s < 2; ++s) x = upsample(s, TRY(stage(s, x, {}, cancel)), true);
    x = TRY(stage(2, x, {}, cancel));

    // Stage 4 sees x upsampled by p; every position of it becomes q frames, rows, columns of
    // patches.
    const Triple &p = config_.strides[2], &q = config_.strides[3];
    const int64_t patch = config_.patch_size, unit = q[1] * patch;
    const int64_t length = p[0] * (x.dim(1) - 1) + 1;
    const auto times = TRY(cut(length, tiles.frames, tiles.frame_overlap, q[0], q[0]));
    const auto rows = TRY(cut(x.dim(2) * p[1], tiles.side_px, tiles.overlap_px, unit, unit));
    const auto columns = TRY(cut(x.dim(3) * p[2], tiles.side_px, tiles.overlap_px, unit, unit));

    Tensor waiting;  // frames from `given` on that the next tiles still add to
    int64_t given = 0;
    for (const TileSpan& time : times) {
        const bool begins = time.begin == 0;
        // Position i > 0 of stage 4 makes frames q i - (q - 1) .. q i; position 0 makes frame 0.
        const int64_t lead = begins ? q[0] - 1 : 0;
        const int64_t first = begins ? 0 : q[0] * time.begin - (q[0] - 1);
        const int64_t end = std::min(q[0] * (time.end - 1) + 1, total);
        if (first >= total) break;
        const std::vector<float> weights(time.weights.begin() + lead,
                                         time.weights.begin() + lead + (end - first));
        Tensor picture = Tensor::zeros({whole[0], end - given, whole[2], whole[3], whole[4]});
        if (waiting.defined()) {
            for (int64_t b = 0; b < whole[0]; ++b) {
                Tensor target = picture.rows(b, b + 1);
                const Tensor from = waiting.rows(b, b + 1);
                std::copy_n(from.f32(), from.elements(), target.f32());
            }
        }
        const Tensor x_t = TRY(noise(first, end));
        if (x_t.shape() != Shape({whole[0], end - first, whole[2], whole[3], whole[4]}))
            return base::failed("the noise is " + x_t.shape().text());
        // Sources of stage 4's positions [begin, end) along time.
        const int64_t source = (time.begin + p[0] - 1) / p[0];
        const int64_t sources = (time.end - 1 + p[0] - 1) / p[0] + 1;
        const Tensor slab = tensor::slice(x, 1, source, sources);
        for (const TileSpan& row : rows) {
            for (const TileSpan& column : columns) {
                const int64_t top = row.begin / p[1], left = column.begin / p[2];
                Tensor part = tensor::slice(slab, 2, top, (row.end + p[1] - 1) / p[1]);
                part = tensor::slice(part, 3, left, (column.end + p[2] - 1) / p[2]);
                part = upsample(2, part, begins);
                const int64_t t0 = begins ? 0 : time.begin - (p[0] * source - (p[0] - 1));
                part = tensor::slice(part, 1, t0, t0 + time.end - time.begin);
                part = tensor::slice(part, 2, row.begin - top * p[1], row.end - top * p[1]);
                part = tensor::slice(part, 3, column.begin - left * p[2], column.end - left * p[2]);
                part = TRY(stage(3, part, {time.begin, row.begin, column.begin}, cancel));
                part = tensor::slice(upsample(3, part, begins), 1, 0, end - first);
                Tensor seen = tensor::slice(x_t, 2, row.begin * unit, row.end * unit);
                seen = tensor::slice(seen, 3, column.begin * unit, column.end * unit);
                const Tensor frames = TRY(denoise(
                    part, seen, steps, {first, row.begin * q[1], column.begin * q[2]}, cancel));
                blend_tile(picture, frames,
                           {{{first - given, &weights},
                             {row.begin * unit, &row.weights},
                             {column.begin * unit, &column.weights}}});
            }
        }
        // Frames before the next tile's first are final.
        const TileSpan* next = &time == &times.back() ? nullptr : &time + 1;
        int64_t done = next ? q[0] * next->begin - (q[0] - 1) : end;
        if (done >= total) done = end;
        TRY(sink(tensor::slice(picture, 1, 0, done - given)));
        waiting = tensor::slice(picture, 1, done - given, end - given);
        given = done;
    }
    return {};
}

base::Result<Tensor> DiffusionDecoder::decode(const Tensor& latent, const Tensor& noise,
                                              int64_t steps, const DiffusionTiles& tiles,
                                              const base::CancelToken* cancel) const {
    if (latent.rank() != 5 || noise.shape() != noise_shape(latent.shape())) {
        return base::usage_error("latents " + latent.shape().text() + " and noise " +
                                 noise.shape().text() + " do not fit each other");
    }
    std::vector<Tensor> parts;
    TRY(stream(
        latent,
        [&](int64_t begin, int64_t end) -> base::Result<Tensor> {
            return tensor::slice(noise, 1, begin, end);
        },
        steps, tiles,
        [&](const Tensor& frames) -> base::Status {
            parts.push_back(frames);
            return {};
        },
        cancel));
    return parts.size() == 1 ? parts[0] : tensor::concat(parts, 1);
}

}  // namespace neural::ltx
