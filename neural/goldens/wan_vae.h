// The part that the two autoencoder components share.
#pragma once

#include "neural/goldens/components.h"
#include "neural/wan/vae/vae.h"

namespace neural::goldens {

// The configuration of the case (below `key` of its config, or the config itself where key is ""),
// with in.mean and in.std as latent statistics.
base::Result<wan::VaeConfig> wan_vae_config(const Case& c, const std::string& key);

base::Result<Outputs> run_wan_vae(const Case& c);

}  // namespace neural::goldens
