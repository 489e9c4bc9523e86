#include "neural/goldens/components.h"
#include "neural/ltx/video/diffusion_decoder.h"
#include "tensor/ops/layout.h"

namespace neural::goldens {

using tensor::permute;
using tensor::Tensor;

base::Result<Outputs> run_ltx_diffusion_decoder(const Case& c) {
    const auto config = TRY(ltx::DiffusionDecoderConfig::parse(c.config, c.id));
    const Loader loader(c.parameters, TRY(string(c.run, "prefix", "")));
    const auto net = TRY(ltx::DiffusionDecoder::load(loader, config));
    const int64_t steps = TRY(integer(c.run, "steps", 1));
    const Tensor latent = TRY(c.get("in.latent")), noise = TRY(c.get("in.noise"));
    if (latent.rank() != 5 || noise.rank() != 5)
        return base::failed("the inputs must have five axes", c.id);
    const Tensor z = permute(latent, {0, 2, 3, 4, 1});
    const Tensor frames = TRY(net.decode(z, permute(noise, {0, 2, 3, 4, 1}), steps));
    Outputs out{{"out.frames", permute(frames, {0, 4, 1, 2, 3})}};
    if (c.has("mid.stage1")) out["mid.stage1"] = TRY(net.context(z, 1));
    if (c.has("mid.stage4_uncropped")) out["mid.stage4_uncropped"] = TRY(net.context(z, 4));
    return out;
}

}  // namespace neural::goldens
