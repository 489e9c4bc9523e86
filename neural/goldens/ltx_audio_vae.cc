#include "neural/goldens/components.h"
#include "neural/ltx/audio/audio_vae.h"
#include "tensor/ops/layout.h"

namespace neural::goldens {

using tensor::Tensor;

base::Result<Outputs> run_ltx_audio_vae(const Case& c) {
    const ltx::AudioVaeConfig config = TRY(ltx::AudioVaeConfig::parse(c.config, c.id));
    const Loader loader(c.parameters, TRY(string(c.run, "prefix", "audio_vae.")));
    const ltx::AudioVae vae = TRY(ltx::AudioVae::load(loader, config));
    const std::string op = TRY(string(c.run, "op", "decode"));
    if (op == "decode") {
        const Tensor tokens = TRY(c.get("in.tokens"));
        Outputs out{{"out.mel", TRY(vae.decode(tokens))}};
        const int64_t bins = config.latent_bins();
        out["mid.latent"] = tensor::permute(
            vae.unnormalise(tokens).reshape({tokens.dim(0), tokens.dim(1), -1, bins}),
            {0, 2, 1, 3});
        return out;
    }
    if (op != "encode") return base::failed("run.op is " + op, c.id);
    const Tensor mel = TRY(c.get("in.mel"));
    return Outputs{{"out.mean", TRY(vae.encode_mean(mel))}, {"out.tokens", TRY(vae.encode(mel))}};
}

}  // namespace neural::goldens
