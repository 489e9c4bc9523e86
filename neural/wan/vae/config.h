// What the video autoencoders of Wan 2.1 (stride 4x8x8) and Wan 2.2 (4x16x16) differ by.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/json/json.h"

namespace neural::wan {

struct VaeConfig {
    // 2.1: blocks in one row, up-convolutions halve the channels. 2.2: pictures folded 2x2 into
    // channels, blocks with shortcuts by averaging and duplication.
    bool v22 = false;
    int64_t dim = 96;      // channels of the encoder's first level
    int64_t dec_dim = 96;  // of the decoder's last
    int64_t z_dim = 16;    // latent channels
    std::vector<int64_t> dim_mult = {1, 2, 4, 4};
    int64_t num_res_blocks = 2;
    // Which of the encoder's levels (all but the last) halve time.
    std::vector<bool> temporal_downsample = {false, true, true};
    // Latents are normalised: (mean of the encoder - mean) / std, per channel.
    std::vector<float> mean, std;

    int64_t time_factor() const;   // frames per latent after the first: 4
    int64_t space_factor() const;  // pixels per side of a latent: 8 or 16
};

// The published models.
VaeConfig wan21_vae();
VaeConfig wan22_vae();

// Keys: version ("2.1", "2.2"; absent: 2.1), dim, dec_dim, z_dim, dim_mult, num_res_blocks,
// temperal_downsample (so spelt), mean, std; or diffusers' base_dim, decoder_base_dim, is_residual,
// latents_mean, latents_std. Absent: as published. `where` stands in errors.
base::Result<VaeConfig> parse_vae_config(const base::Json& json, const std::string& where);

}  // namespace neural::wan
