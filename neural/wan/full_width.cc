#include "neural/wan/full_width.h"

#include <memory>

#include "neural/text/umt5.h"
#include "neural/wan/pipeline/pipeline.h"
#include "neural/wan/vae/layers.h"
#include "neural/weights/generated.h"

namespace neural::wan {

using tensor::Shape;
using tensor::Tensor;

namespace {

Loader generated() { return Loader(std::make_shared<GeneratedWeights>(1)); }

// Values like activations, from the weights' own generator.
Tensor activations(const Shape& shape) {
    Tensor t = *GeneratedWeights(2).load("token_embedding.weight", shape);
    return t;
}

base::Result<FullWidthBlock> transformer_block(const ModelDefaults& model, int64_t frames,
                                               int64_t height, int64_t width) {
    const TransformerConfig& c = model.transformer;
    const Shape latent = TRY(latent_shape(model.vae, c, frames, height, width));
    const std::array<int64_t, 3> grid = {latent[1] / c.patch_size[0], latent[2] / c.patch_size[1],
                                         latent[3] / c.patch_size[2]};
    const int64_t tokens = grid[0] * grid[1] * grid[2];
    const Loader loader = generated();
    const auto block = std::make_shared<Block>(loader.at("blocks", 0), c);
    TRY(loader.finish());
    const auto rope = std::make_shared<RopeTable>(wan_rope(grid, c.dim / c.num_heads));
    const Tensor x = activations({1, tokens, c.dim}), text = activations({1, c.text_len, c.dim}),
                 e = activations({1, 6 * c.dim});
    const auto t = static_cast<double>(tokens), l = static_cast<double>(c.text_len),
               d = static_cast<double>(c.dim), f = static_cast<double>(c.ffn_dim);
    // Projections of self-attention, and of cross-attention's queries and keys; the two attentions;
    // the feed-forward net.
    const double flops = 2 * d * d * (4 * t + 2 * t + 2 * l) + 4 * t * d * (t + l) + 4 * t * d * f;
    return FullWidthBlock{
        std::string(model.name) + " block, " + std::to_string(tokens) + " tokens", flops,
        [=] { (*block)(x.clone(), text, e, {}, *rope, Transformer::Input().tokens_at_once); }};
}

// The residual block after the decoder's attention, the widest of the net, for one latent frame.
base::Result<FullWidthBlock> vae_block(std::string_view table, const VaeConfig& c, int64_t height,
                                       int64_t width) {
    const int64_t channels = c.dec_dim * c.dim_mult.back();
    const int64_t h = height / c.space_factor(), w = width / c.space_factor();
    if (h < 1 || w < 1) return base::usage_error("the picture is smaller than a latent", "size");
    Places places;
    const Loader loader = generated();
    const auto block =
        std::make_shared<ResidualBlock>(loader.at("decoder.middle.2"), channels, channels, places);
    TRY(loader.finish());
    const auto stream = std::make_shared<Stream>(places.count());
    const Tensor x = activations({1, 1, h, w, channels});
    const double positions = static_cast<double>(h * w), n = static_cast<double>(channels);
    return FullWidthBlock{std::string(table) + " residual block of " + std::to_string(channels) +
                              " channels, " + std::to_string(w) + "x" + std::to_string(h),
                          2 * 2 * 27 * n * n * positions, [=] { block->forward(x, *stream); }};
}

base::Result<FullWidthBlock> text_block() {
    constexpr int64_t length = 512;
    text::Umt5Config c;
    c.num_layers = 1;
    c.vocab = length;  // the table of tokens is no part of a block
    const auto net =
        std::make_shared<text::Umt5Encoder>(TRY(text::Umt5Encoder::load(generated(), c)));
    std::vector<int32_t> ids(length);
    for (int64_t i = 0; i < length; ++i) ids[static_cast<size_t>(i)] = static_cast<int32_t>(i);
    const Tensor tokens = Tensor::from_i32({1, length}, ids);
    const auto l = static_cast<double>(length), d = static_cast<double>(c.dim),
               a = static_cast<double>(c.dim_attn), f = static_cast<double>(c.dim_ffn);
    return FullWidthBlock{"umt5-xxl block, 512 tokens",
                          2 * l * (4 * d * a + 3 * d * f) + 4 * l * l * a,
                          [=] { (void)net->encode(tokens, {}); }};
}

}  // namespace

std::vector<std::string_view> full_width_tables() {
    return {"wan2.1-t2v-1.3b", "wan2.2-ti2v-5b", "wan2.2-t2v-a14b", "wan2.2-i2v-a14b",
            "wan2.1-vae",      "wan2.2-vae",     "umt5-xxl"};
}

base::Result<FullWidthBlock> full_width_block(std::string_view table, int64_t frames,
                                              int64_t height, int64_t width) {
    if (const auto model = published_model(table))
        return transformer_block(*model, frames, height, width);
    if (table == "wan2.1-vae") return vae_block(table, wan21_vae(), height, width);
    if (table == "wan2.2-vae") return vae_block(table, wan22_vae(), height, width);
    if (table == "umt5-xxl") return text_block();
    return base::usage_error("there is no table '" + std::string(table) + "'", "table");
}

}  // namespace neural::wan
