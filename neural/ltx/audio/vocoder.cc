#include "neural/ltx/audio/vocoder.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "tensor/ops/activation.h"
#include "tensor/ops/arithmetic.h"
#include "tensor/ops/audio.h"
#include "tensor/ops/layout.h"

namespace neural::ltx {

using tensor::Activation;
using tensor::Conv;
using tensor::ConvGeometry;
using tensor::PadMode;
using tensor::Shape;
using tensor::Tensor;

namespace {

constexpr int64_t kTaps = 12;  // of the activation's filters
// What band extension adds to: the input thrice as fast, by a sinc of 6 crossings under a Hann
// window (torchaudio's resampling, rolloff 0.99).
constexpr double kRolloff = 0.99, kCrossings = 6;

ConvGeometry same(int64_t kernel, int64_t dilation = 1) {
    ConvGeometry g;
    g.dilation[2] = dilation;
    g.pad_front[2] = g.pad_back[2] = (kernel - 1) * dilation / 2;
    return g;
}

Tensor along(const Conv& conv, const Tensor& x) {
    const Tensor y = conv(x.reshape({x.dim(0), 1, 1, x.dim(1), x.dim(2)}));
    return y.reshape({y.dim(0), y.dim(3), y.dim(4)});
}

// [B,L,1] -> [B,ratio L,1].
Tensor faster(const Tensor& x, int64_t ratio) {
    const auto width = static_cast<int64_t>(std::ceil(kCrossings / kRolloff));
    const int64_t taps = 2 * width * ratio + 1;
    Tensor filter(Shape{1, 1, taps});
    for (int64_t i = 0; i < taps; ++i) {
        const double t =
            (static_cast<double>(i) / static_cast<double>(ratio) - static_cast<double>(width)) *
            kRolloff;
        const double angle = std::numbers::pi * t;
        const double window =
            std::cos(std::clamp(t, -kCrossings, kCrossings) * std::numbers::pi / kCrossings / 2);
        const double sinc = t == 0 ? 1.0 : std::sin(angle) / angle;
        // Rolloff / ratio is the filter's gain; the zeros between the samples cost `ratio`.
        filter.f32()[i] = static_cast<float>(sinc * window * window * kRolloff);
    }
    const Tensor padded = tensor::pad(x, 1, width, width, PadMode::Replicate);
    const Tensor y = tensor::ConvTranspose1d(filter, {}, ratio, 0)(padded);
    const int64_t front = 2 * width * ratio;
    return tensor::slice(y, 1, front, front + x.dim(1) * ratio);
}

Tensor to_planes(const Tensor& x) { return tensor::permute(x, {0, 2, 1}); }

}  // namespace

Vocoder::Generator Vocoder::load_generator(const Loader& loader, const GeneratorConfig& c) {
    Generator g;
    g.config = c;
    const auto act = [&](const Loader& at, int64_t channels) {
        Act a;
        if (c.act == GeneratorConfig::Act::Leaky) return a;
        a.alpha = at.vector("act.alpha", {channels});
        a.beta =
            c.act == GeneratorConfig::Act::SnakeBeta ? at.vector("act.beta", {channels}) : a.alpha;
        a.up = at.vector("upsample.filter", {1, 1, kTaps});
        a.down = at.vector("downsample.lowpass.filter", {1, 1, kTaps});
        return a;
    };
    int64_t width = c.initial_channels;
    g.pre = loader.conv("conv_pre", c.channels * c.mel_bins, width, {7}, same(7));
    for (size_t i = 0; i < c.rates.size(); ++i) {
        const Loader at = loader.at("ups", static_cast<int64_t>(i));
        const int64_t kernel = c.kernels[i], rate = c.rates[i];
        g.ups.emplace_back(at.stored("weight", {width, width / 2, kernel}),
                           at.vector("bias", {width / 2}), rate, (kernel - rate) / 2);
        width /= 2;
        for (size_t j = 0; j < c.block_kernels.size(); ++j) {
            const Loader block = loader.at("resblocks", static_cast<int64_t>(g.blocks.size()));
            const int64_t k = c.block_kernels[j];
            Res r;
            for (size_t d = 0; d < c.block_dilations[j].size(); ++d) {
                const auto n = static_cast<int64_t>(d);
                const std::string index = std::to_string(n);
                r.first.push_back(block.conv("convs1." + index, width, width, {k},
                                             same(k, c.block_dilations[j][d])));
                r.second.push_back(block.conv("convs2." + index, width, width, {k}, same(k)));
                r.first_act.push_back(act(block.at("acts1", n), width));
                r.second_act.push_back(act(block.at("acts2", n), width));
            }
            g.blocks.push_back(std::move(r));
        }
    }
    g.last = act(loader.at("act_post"), width);
    g.post = loader.conv("conv_post", width, c.channels, {7}, same(7), c.bias_at_final);
    return g;
}

base::Result<Vocoder> Vocoder::load(const Loader& loader, const VocoderConfig& c) {
    Vocoder v;
    v.config_ = c;
    // Files with band extension hold the first generator one level deeper.
    v.generator_ = load_generator(c.extends ? loader.at("vocoder") : loader, c.generator);
    if (c.extends) {
        v.extension_ = load_generator(loader.at("bwe_generator"), c.extension);
        const int64_t bins = c.n_fft / 2 + 1;
        ConvGeometry g;
        g.stride[2] = c.hop;
        g.pad_front[2] = c.n_fft - c.hop;
        const Loader mel = loader.at("mel_stft");
        v.stft_ = Conv(mel.stored("stft_fn.forward_basis", {2 * bins, 1, c.n_fft}), Tensor(), g);
        v.mel_basis_ = tensor::Linear(mel.stored("mel_basis", {c.extension.mel_bins, bins}));
    }
    TRY(loader.finish());
    return v;
}

Tensor Vocoder::generate(const Generator& g, const Tensor& mel) {
    const GeneratorConfig& c = g.config;
    const bool leaky = c.act == GeneratorConfig::Act::Leaky;
    const auto act = [&](const Act& a, const Tensor& x) {
        if (leaky) return tensor::activate(x, Activation::LeakyRelu01);
        return tensor::snake(x, {a.alpha, a.beta, c.snake_log_scale, a.up, a.down});
    };
    Tensor x = along(g.pre, mel);
    const size_t kinds = c.block_kernels.size();
    for (size_t i = 0; i < g.ups.size(); ++i) {
        if (leaky) tensor::activate_inplace(x, Activation::LeakyRelu01);
        x = g.ups[i](x);
        Tensor sum;
        for (size_t j = 0; j < kinds; ++j) {
            const Res& r = g.blocks[i * kinds + j];
            Tensor y = x;
            for (size_t d = 0; d < r.first.size(); ++d) {
                Tensor z = along(r.first[d], act(r.first_act[d], y));
                z = along(r.second[d], act(r.second_act[d], z));
                tensor::add_inplace(z, y);
                y = z;
            }
            if (sum.defined()) {
                tensor::add_inplace(sum, y);
            } else {
                sum = y.storage() == x.storage() ? y.clone() : y;
            }
        }
        x = tensor::scale(sum, 1.0f / static_cast<float>(kinds));
    }
    if (leaky) {
        tensor::activate_inplace(x, Activation::LeakyRelu001);
    } else {
        x = act(g.last, x);
    }
    x = along(g.post, x);
    if (c.final_activation)
        tensor::activate_inplace(x, c.tanh_at_final ? Activation::Tanh : Activation::Clamp1);
    return x;
}

base::Result<Tensor> Vocoder::forward(const Tensor& mel, Trace* trace) const {
    const GeneratorConfig& g = config_.generator;
    if (mel.rank() != 4 || mel.dim(1) != g.channels || mel.dim(3) != g.mel_bins ||
        mel.elements() < 1) {
        return base::usage_error("a log-mel spectrogram must be [B," + std::to_string(g.channels) +
                                 ",T," + std::to_string(g.mel_bins) + "], not " +
                                 mel.shape().text());
    }
    const int64_t B = mel.dim(0), S = g.channels;
    // [B,S,T,mel] -> [B,T,(S mel)]
    const Tensor wave = generate(
        generator_, tensor::permute(mel, {0, 2, 1, 3}).reshape({B, mel.dim(2), S * g.mel_bins}));
    if (!config_.extends) return to_planes(wave);

    const int64_t length = wave.dim(1), ratio = config_.out_rate / config_.in_rate;
    const int64_t rest = (config_.hop - length % config_.hop) % config_.hop;
    const Tensor planes = to_planes(wave);  // [B,S,L]
    const Tensor signal =
        tensor::pad(planes, 2, 0, rest, PadMode::Zero).reshape({B * S, length + rest, 1});
    const Tensor spectrum = tensor::magnitude(along(stft_, signal));
    const Tensor log_mel = tensor::log_floor(mel_basis_(spectrum), 1e-5f);  // [B S,frames,mel]
    const int64_t frames = log_mel.dim(1), bins = log_mel.dim(2);
    const Tensor stacked = tensor::permute(log_mel.reshape({B, S, frames, bins}), {0, 2, 1, 3})
                               .reshape({B, frames, S * bins});
    const Tensor residual = to_planes(generate(extension_, stacked));
    const Tensor skip = faster(signal, ratio).reshape({B, S, (length + rest) * ratio});
    if (trace) {
        trace->generated = planes;
        trace->mel = to_planes(log_mel);
        trace->residual = residual;
        trace->skip = skip;
    }
    if (residual.shape() != skip.shape()) {
        return base::failed("the band extension gave " + residual.shape().text() + " samples for " +
                            skip.shape().text());
    }
    Tensor out = tensor::add(residual, skip);
    tensor::activate_inplace(out, Activation::Clamp1);
    return tensor::slice(out, 2, 0, length * ratio);
}

base::Status Vocoder::stream(const Tensor& mel, int64_t frames,
                             const std::function<base::Status(const Tensor&)>& sink) const {
    if (mel.rank() != 4 || frames < 1)
        return base::usage_error("a log-mel spectrogram [B,2,T,mel] in pieces of whole frames");
    const int64_t total = mel.dim(2), each = config_.samples(1), reach = config_.reach();
    // Pieces begin where the extension's spectra begin.
    int64_t grid = 1;
    if (config_.extends)
        grid = config_.hop / std::gcd(config_.hop, config_.generator.samples_per_frame());
    const int64_t step = (frames + grid - 1) / grid * grid;
    for (int64_t start = 0; start < total; start += step) {
        const int64_t end = std::min(start + step, total);
        const int64_t from = std::max<int64_t>(0, start - reach) / grid * grid;
        const int64_t to = std::min(end + reach, total);
        const Tensor wave = TRY(forward(tensor::slice(mel, 2, from, to)));
        TRY(sink(tensor::slice(wave, 2, (start - from) * each, (end - from) * each)));
    }
    return {};
}

}  // namespace neural::ltx
