// The vocoders of LTX (specification 2.11): log-mel spectrograms to waveforms.
//   2.0        HiFi-GAN, 24 kHz
//   2.3, 2.5   BigVGAN v2 to 16 kHz, then a second generator adds the band above (to 48 kHz)
// f32 throughout: lower precision costs most of the spectral accuracy. Const functions may run on
// one thread at a time.
#pragma once

#include <functional>
#include <vector>

#include "base/json/json.h"
#include "neural/weights/loader.h"

namespace neural::ltx {

// One generator: mel frames to samples by transposed convolutions and residual blocks.
struct GeneratorConfig {
    enum class Act : uint8_t { Leaky, Snake, SnakeBeta };  // Leaky: HiFi-GAN, else anti-aliased

    std::vector<int64_t> rates, kernels;
    int64_t initial_channels = 0, channels = 2, mel_bins = 64;
    std::vector<int64_t> block_kernels{3, 7, 11};
    std::vector<std::vector<int64_t>> block_dilations{{1, 3, 5}, {1, 3, 5}, {1, 3, 5}};
    Act act = Act::Leaky;
    bool snake_log_scale = true;
    bool bias_at_final = true;
    bool tanh_at_final = true;  // else a clamp to [-1,1]
    bool final_activation = true;

    int64_t samples_per_frame() const;
    // Input frames on either side that a sample can depend on, rounded up.
    int64_t reach() const;
};

struct VocoderConfig {
    GeneratorConfig generator;
    // Band extension; used where `extends`.
    bool extends = false;
    GeneratorConfig extension;
    int64_t n_fft = 512, hop = 80, window = 512, in_rate = 16000, out_rate = 48000;

    // {"vocoder": {..}} of 2.0, {"vocoder": {..}, "bwe": {..}} of 2.3.
    static base::Result<VocoderConfig> parse(const base::Json& config, const std::string& where);
    static VocoderConfig released_2_0();
    static VocoderConfig released_2_3();  // and 2.5
    int64_t sample_rate() const;
    int64_t samples(int64_t mel_frames) const;
    int64_t reach() const;  // in mel frames, of the whole vocoder
};

class Vocoder {
public:
    // `loader` stands at `vocoder.`.
    static base::Result<Vocoder> load(const Loader& loader, const VocoderConfig& config);
    const VocoderConfig& config() const { return config_; }
    int64_t sample_rate() const { return config_.sample_rate(); }

    // Values on the way, for comparison.
    struct Trace {
        tensor::Tensor generated;  // [B,2,n] of the first generator
        tensor::Tensor mel;        // [2B,mel,frames] that the extension sees
        tensor::Tensor residual, skip;
    };
    // Log-mel [B,2,T,mel] -> wave [B,2,samples(T)] in [-1,1].
    base::Result<tensor::Tensor> forward(const tensor::Tensor& mel, Trace* trace = nullptr) const;
    // The same a piece of at least `frames` mel frames at a time, for memory that does not grow
    // with the clip's length; equal to forward() up to rounding, since each piece is computed with
    // as many frames around it as a sample can depend on (config().reach(): 0.6 s of the released
    // models). `sink` gets [B,2,n] in order; its error ends the work.
    base::Status stream(const tensor::Tensor& mel, int64_t frames,
                        const std::function<base::Status(const tensor::Tensor&)>& sink) const;

private:
    struct Act {
        tensor::Tensor alpha, beta, up, down;
    };
    struct Res {
        std::vector<tensor::Conv> first, second;
        std::vector<Act> first_act, second_act;
    };
    struct Generator {
        GeneratorConfig config;
        tensor::Conv pre, post;
        std::vector<tensor::ConvTranspose1d> ups;
        std::vector<Res> blocks;
        Act last;
    };
    static Generator load_generator(const Loader& loader, const GeneratorConfig& config);
    // [B,frames,channels * mel] -> [B,samples,channels].
    static tensor::Tensor generate(const Generator& g, const tensor::Tensor& mel);

    VocoderConfig config_;
    Generator generator_, extension_;
    tensor::Conv stft_;
    tensor::Linear mel_basis_;
};

}  // namespace neural::ltx
