#include "neural/goldens/components.h"
#include "neural/ltx/upsampler/upsampler.h"
#include "tensor/ops/layout.h"

namespace neural::goldens {

using tensor::permute;
using tensor::Tensor;

base::Result<Outputs> run_ltx_latent_upsampler(const Case& c) {
    const ltx::UpsamplerConfig config = TRY(ltx::UpsamplerConfig::parse(c.config, c.id));
    const Loader loader(c.parameters, TRY(string(c.run, "prefix", "")));
    const ltx::LatentUpsampler net = TRY(ltx::LatentUpsampler::load(loader, config));
    const Tensor latent = TRY(c.get("in.latent_unnormalized"));
    if (latent.rank() != 5) return base::failed("the input must have five axes", c.id);
    const Tensor y = TRY(net.forward(permute(latent, {0, 2, 3, 4, 1})));
    return Outputs{{"out.latent_unnormalized", permute(y, {0, 4, 1, 2, 3})}};
}

}  // namespace neural::goldens
