// The audio VAE of LTX 2.x (specification 2.11): a 2-d convolutional net over (time, mel band),
// causal in time. Log-mel spectrograms [B,2,T,mel] on one side, the transformer's tokens
// [B,Ta,channels * mel/4] (channel-major, normalised) on the other; T = 4 Ta - 3, 25 tokens a
// second of the released models. Const functions may run on one thread at a time.
#pragma once

#include <vector>

#include "base/json/json.h"
#include "neural/weights/loader.h"

namespace neural::ltx {

struct AudioVaeConfig {
    enum class Causal : uint8_t { None, Time, Mel };

    int64_t base = 128, res_blocks = 2, in_channels = 2, out_channels = 2, latent_channels = 8;
    std::vector<int64_t> multipliers{1, 2, 4};
    bool double_z = true;  // the encoder gives mean and log variance
    int64_t mel_bins = 64;
    Causal causal = Causal::Time;

    // The checkpoint's audio_vae keys (`ch`, `ch_mult`, ...), where they stand in nested objects
    // (model.params.ddconfig) too. Absent keys as released.
    static base::Result<AudioVaeConfig> parse(const base::Json& config, const std::string& where);

    static constexpr int64_t kTimeFactor = 4;
    int64_t latent_bins() const { return mel_bins >> (multipliers.size() - 1); }
    int64_t token_width() const { return latent_channels * latent_bins(); }
    int64_t mel_frames(int64_t tokens) const {
        return causal == Causal::None ? kTimeFactor * tokens : kTimeFactor * (tokens - 1) + 1;
    }
};

class AudioVae {
public:
    // `loader` stands at `audio_vae.`.
    static base::Result<AudioVae> load(const Loader& loader, const AudioVaeConfig& config);
    const AudioVaeConfig& config() const { return config_; }

    base::Result<tensor::Tensor> decode(const tensor::Tensor& tokens) const;
    base::Result<tensor::Tensor> encode(const tensor::Tensor& mel) const;
    // The latent's mean before it is patched and normalised, [B,channels,Ta,mel/4].
    base::Result<tensor::Tensor> encode_mean(const tensor::Tensor& mel) const;

    tensor::Tensor normalise(const tensor::Tensor& tokens) const;
    tensor::Tensor unnormalise(const tensor::Tensor& tokens) const;

private:
    struct Res {
        tensor::Conv conv1, conv2, shortcut;  // shortcut: where the channels change
    };
    struct Level {
        std::vector<Res> blocks;
        tensor::Conv resample;  // not on the coarsest (encoder) or finest (decoder) level
    };
    tensor::Tensor residual(const Res& block, const tensor::Tensor& x) const;

    AudioVaeConfig config_;
    tensor::Conv encoder_in_, encoder_out_, decoder_in_, decoder_out_;
    std::vector<Level> down_, up_;  // finest first
    std::vector<Res> encoder_middle_, decoder_middle_;
    tensor::Tensor mean_, std_;
};

}  // namespace neural::ltx
