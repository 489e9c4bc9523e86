#include "neural/bench/nets.h"

#include "neural/bench/pages.h"
#include "neural/ltx/text/connectors.h"
#include "neural/ltx/text/duration_head.h"
#include "neural/ltx/transformer/positions.h"
#include "neural/ltx/transformer/transformer.h"
#include "neural/ltx/video/video_vae.h"
#include "neural/text/umt5.h"
#include "neural/wan/pipeline/models.h"
#include "neural/wan/transformer/transformer.h"
#include "tensor/ops/layout.h"

namespace neural::bench {

using tensor::DType;
using tensor::Tensor;

namespace {

constexpr int64_t kWanRows = 60, kWanColumns = 104;  // latents of 480 x 832
constexpr int64_t kLtxRows = 15, kLtxColumns = 26;
constexpr int64_t kLtxText = 1024;

double product(double rows, double in, double out) { return 2 * rows * in * out; }

std::shared_ptr<const TensorSource> weights(DType type) {
    return std::make_shared<PageWeights>(type);
}

Work wan_block(const wan::TransformerConfig& c, int64_t tokens) {
    const auto t = static_cast<double>(tokens), d = static_cast<double>(c.dim),
               l = static_cast<double>(c.text_len), f = static_cast<double>(c.ffn_dim);
    return {product(t, d, 6 * d + 2 * f) + product(l, d, 2 * d), 4 * t * (t + l) * d};
}

Work ltx_block(const ltx::TransformerConfig& c, int64_t video, int64_t audio) {
    const auto v = static_cast<double>(c.video.width()), a = static_cast<double>(c.audio.width()),
               t = static_cast<double>(video), s = static_cast<double>(audio),
               l = static_cast<double>(kLtxText);
    Work w;
    for (const auto& [width, tokens] : {std::pair{v, t}, {a, s}}) {
        w += {product(tokens, width, 14 * width) + product(l, width, 2 * width),
              4 * tokens * (tokens + l) * width};
    }
    // Between the streams, at the sound's width.
    w += {product(t, v, 4 * a) + product(s, a, 4 * a), 8 * t * s * a};
    return w;
}

int64_t pixel_frames(int64_t latent_frames) { return 8 * (latent_frames - 1) + 1; }

ltx::TransformerConfig ltx_config(const std::string& version, int64_t blocks) {
    ltx::TransformerConfig c = *ltx::published_transformer_config(version);
    c.layers = blocks;
    return c;
}

}  // namespace

base::Result<Net> wan_net(const std::string& model, int64_t blocks, int64_t frames) {
    wan::TransformerConfig c;
    for (const auto& m : wan::published_models()) {
        if (m.name == model) c = m.transformer;
    }
    c.num_layers = blocks;
    // The published files of Wan hold f32.
    const auto net = std::make_shared<wan::Transformer>(
        TRY(wan::Transformer::load(Loader(weights(DType::F32)), c)));
    wan::Transformer::Input in;
    in.latent = random_values({c.out_dim, frames, kWanRows, kWanColumns}, 2);
    if (c.in_dim > c.out_dim)
        in.y = random_values({c.in_dim - c.out_dim, frames, kWanRows, kWanColumns}, 3);
    in.text = TRY(net->embed_text(random_values({c.text_len, c.text_dim}, 4)));
    in.timesteps = Tensor::full({1}, 500);
    Net made;
    const int64_t tokens = net->tokens(frames, kWanRows, kWanColumns);
    for (int64_t i = 0; i < blocks; ++i) made.work += wan_block(c, tokens);
    made.run = [=] { return net->velocity(in); };
    return made;
}

std::vector<Product> wan_products() {
    const auto c = wan::wan21_t2v_1_3b();
    const int64_t t = 5 * kWanRows / 2 * (kWanColumns / 2);
    std::vector<Product> all(6, {t, c.dim, c.dim});
    all.push_back({t, c.dim, c.ffn_dim});
    all.push_back({t, c.ffn_dim, c.dim});
    all.insert(all.end(), 2, {c.text_len, c.dim, c.dim});
    return all;
}

base::Result<Net> ltx_net(const std::string& version, int64_t blocks, int64_t frames) {
    const ltx::TransformerConfig c = ltx_config(version, blocks);
    const auto net = std::make_shared<ltx::Transformer>(
        TRY(ltx::Transformer::load(Loader(weights(DType::BF16), "model.diffusion_model."), c)));
    struct Input {
        ltx::PositionCodes codes;
        ltx::TextContext text;
        ltx::TransformerInput in;
    };
    const ltx::LatentGrid grid{frames, kLtxRows, kLtxColumns};
    const int64_t sound = ltx::audio_tokens(pixel_frames(frames), 24);
    const auto input = std::make_shared<Input>();
    input->codes = net->position_codes(ltx::video_positions(grid, 24), ltx::audio_positions(sound));
    const int64_t wide = c.caption_projection ? c.caption_channels : c.video.width();
    const int64_t narrow = c.caption_projection ? c.caption_channels : c.audio.width();
    input->text = TRY(net->text_context(random_values({1, kLtxText, wide}, 5),
                                        random_values({1, kLtxText, narrow}, 6)));
    input->in.video = random_values({1, grid.tokens(), c.video.in_channels}, 7);
    input->in.audio = random_values({1, sound, c.audio.in_channels}, 8);
    input->in.video_sigma = input->in.audio_sigma = Tensor::full({1}, 0.7f);
    input->in.positions = &input->codes;
    Net made;
    for (int64_t i = 0; i < blocks; ++i) made.work += ltx_block(c, grid.tokens(), sound);
    made.run = [net, input]() -> base::Result<Tensor> {
        const ltx::Pass pass{&input->text, true, {}, {}};
        return TRY(net->forward(input->in, {&pass, 1}))[0].video;
    };
    return made;
}

std::vector<Product> ltx_products(int64_t frames) {
    const ltx::TransformerConfig c = ltx_config("2.3", 1);
    const int64_t t = frames * kLtxRows * kLtxColumns, v = c.video.width(), a = c.audio.width();
    std::vector<Product> all(6, {t, v, v});
    all.push_back({t, v, 4 * v});
    all.push_back({t, 4 * v, v});
    all.insert(all.end(), 2, {kLtxText, v, v});
    all.insert(all.end(), 3, {t, v, a});
    all.push_back({t, a, v});
    return all;
}

base::Result<Net> ltx_connector_net(const std::string& version) {
    const ltx::TextConfig text = TRY(ltx::published_text_config(version));
    ltx::ConnectorConfig one = text.video;
    one.layers = 1;
    const Loader loader(weights(DType::BF16));
    const auto connector =
        std::make_shared<ltx::Connector>(ltx::Connector::load(loader, one, text));
    TRY(loader.finish());
    const double l = kLtxText, w = static_cast<double>(one.width());
    Net made;
    made.work = {product(l, w, 12 * w), 4 * l * l * w};
    const Tensor features = random_values({1, kLtxText, one.width()}, 10);
    made.run = [=] { return (*connector)(features, {kLtxText / 8}, nullptr); };
    return made;
}

base::Result<Net> ltx_duration_net() {
    const ltx::DurationConfig c;
    const auto head = std::make_shared<ltx::DurationHead>(
        TRY(ltx::DurationHead::load(Loader(weights(DType::BF16)), c)));
    const Tensor video = random_values({1, kLtxText, c.video_width}, 11),
                 audio = random_values({1, kLtxText, c.audio_width}, 12);
    const double l = kLtxText, h = static_cast<double>(c.hidden),
                 q = static_cast<double>(c.queries);
    Net made;
    made.work = {product(l, static_cast<double>(c.video_width + c.audio_width), h) +
                     product(q, h, 2 * h) + product(2 * l, h, 2 * h),
                 8 * q * l * h};
    made.run = [=]() -> base::Result<Tensor> { return (*head)(video, audio); };
    return made;
}

base::Result<Net> umt5_net(int64_t blocks) {
    text::Umt5Config c;
    c.num_layers = blocks;
    c.vocab = 1024;  // the table of words is read by row and no part of a block
    const auto net = std::make_shared<text::Umt5Encoder>(
        TRY(text::Umt5Encoder::load(Loader(weights(DType::BF16)), c)));
    std::vector<int32_t> words(512);
    for (size_t i = 0; i < words.size(); ++i) words[i] = static_cast<int32_t>(i * 7 % 1024);
    const Tensor ids = Tensor::from_i32({1, 512}, words);
    const double l = 512, d = static_cast<double>(c.dim), inner = static_cast<double>(c.dim_attn),
                 f = static_cast<double>(c.dim_ffn);
    Net made;
    for (int64_t i = 0; i < blocks; ++i)
        made.work += {product(l, d, 4 * inner + 3 * f), 4 * l * l * inner};
    made.run = [=] { return net->encode(ids, {}); };
    return made;
}

base::Result<Net> ltx_vae_net(int64_t width_px, int64_t height_px) {
    const auto config = ltx::VideoVaeConfig::released_2_3();
    const auto vae = std::make_shared<ltx::VideoVae>(TRY(ltx::VideoVae::load(
        Loader(weights(DType::BF16), "vae."), config, ltx::VideoVaeParts::Decoder)));
    const int64_t rows = height_px / config.space_factor(),
                  columns = width_px / config.space_factor(), latents = 4;

    Net made;
    {
        double t = latents, h = static_cast<double>(rows), w = static_cast<double>(columns);
        double width = static_cast<double>(config.decoder_base);
        for (const auto& b : config.decoder_blocks) {
            if (b.kind != ltx::VideoBlock::Kind::Res) width *= static_cast<double>(b.multiplier);
        }
        const auto conv = [&](double in, double out) {
            made.work.products += product(t * h * w, 27 * in, out);
        };
        conv(static_cast<double>(config.latent_channels), width);
        for (size_t i = config.decoder_blocks.size(); i-- > 0;) {
            const auto& b = config.decoder_blocks[i];
            using Kind = ltx::VideoBlock::Kind;
            if (b.kind == Kind::Res) {
                for (int64_t j = 0; j < 2 * b.layers; ++j) conv(width, width);
                continue;
            }
            const double time = b.kind == Kind::Space ? 1 : 2, space = b.kind == Kind::Time ? 1 : 2;
            const double next = width / static_cast<double>(b.multiplier);
            conv(width, next * time * space * space);
            t = time * t - (time - 1);
            h *= space, w *= space, width = next;
        }
        conv(width,
             static_cast<double>(config.out_channels * config.patch_size * config.patch_size));
    }
    const Tensor z = random_values({1, latents, rows, columns, config.latent_channels}, 9);
    made.run = [=]() -> base::Result<Tensor> {
        auto stream = vae->decode_stream();
        for (int64_t i = 0; i < latents; ++i) TRY(stream.push(tensor::slice(z, 1, i, i + 1)));
        return stream.finish();
    };
    return made;
}

}  // namespace neural::bench
