// The latent upsamplers of LTX (specification 2.11): twice or 1.5 times as wide and high, or twice
// as many frames, in latent space. Latents here are not normalised (VideoVae::unnormalise before,
// normalise after). Const functions may run on one thread at a time.
#pragma once

#include <vector>

#include "base/json/json.h"
#include "base/signal/source.h"
#include "neural/weights/loader.h"

namespace neural::ltx {

struct UpsamplerConfig {
    int64_t latent_channels = 128, middle = 1024, blocks = 4;
    int64_t dims = 3;  // 2: frames do not see each other
    bool spatial = true, temporal = false;
    bool rational = false;         // the file has upsampler.conv, then a blur that thins
    int64_t grow = 2, shrink = 1;  // spatial scale = grow / shrink

    // in_channels, mid_channels, num_blocks_per_stage, dims, spatial_upsample, temporal_upsample,
    // spatial_scale, rational_resampler.
    static base::Result<UpsamplerConfig> parse(const base::Json& config, const std::string& where);
};

class LatentUpsampler {
public:
    // Names are bare.
    static base::Result<LatentUpsampler> load(const Loader& loader, const UpsamplerConfig& config);
    const UpsamplerConfig& config() const { return config_; }

    // [B,T,H,W,C] -> [B,T',H',W',C]: T' = 2T - 1 temporal; H' = ceil(grow H / shrink) spatial.
    base::Result<tensor::Tensor> forward(const tensor::Tensor& latent,
                                         const base::CancelToken* cancel = nullptr) const;

private:
    struct Norm {
        tensor::Tensor weight, bias;
    };
    struct Res {
        tensor::Conv conv1, conv2;
        Norm norm1, norm2;
    };
    tensor::Tensor group_norm(const Norm& norm, const tensor::Tensor& x) const;
    tensor::Tensor residual(const Res& block, const tensor::Tensor& x) const;
    tensor::Tensor grow(const tensor::Tensor& x) const;

    UpsamplerConfig config_;
    tensor::Conv initial_, upsample_, final_, blur_;
    Norm initial_norm_;
    std::vector<Res> before_, after_;
};

}  // namespace neural::ltx
