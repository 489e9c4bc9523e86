#include "neural/goldens/wan_vae.h"

#include "tensor/ops/layout.h"

namespace neural::goldens {

using tensor::Tensor;

base::Result<wan::VaeConfig> wan_vae_config(const Case& c, const std::string& key) {
    base::Json json = key.empty()              ? c.config
                      : c.config.contains(key) ? c.config[key]
                                               : base::Json::object();
    if (!json.contains("version") && (c.component == "wan.vae2.2" || c.component == "wan.pipeline"))
        json["version"] = "2.2";
    for (const char* name : {"mean", "std"}) {
        const std::string input = std::string("in.") + name;
        if (c.has(input)) json[name] = TRY(c.get(input)).to_vector();
    }
    return wan::parse_vae_config(json, c.id);
}

base::Result<Outputs> run_wan_vae(const Case& c) {
    const auto vae = TRY(wan::Vae::load(Loader(c.parameters), TRY(wan_vae_config(c, ""))));
    const std::string op = TRY(string(c.run, "op", "decode"));
    const auto channels_last = [](const Tensor& t) { return tensor::permute(t, {0, 2, 3, 4, 1}); };
    const auto channels_first = [](const Tensor& t) { return tensor::permute(t, {0, 4, 1, 2, 3}); };
    if (op == "encode") {
        const Tensor frames = TRY(c.get("in.frames"));
        if (frames.rank() != 5 || frames.elements() == 0)
            return base::failed("in.frames must be [B,3,T,H,W]", c.id);
        // The reference takes the first frame and then fours, whatever the factor of time.
        const int64_t taken = (frames.dim(2) - 1) / 4 * 4 + 1;
        const Tensor clip = tensor::slice(channels_last(frames), 1, 0, taken);
        return Outputs{{"out.latent", channels_first(TRY(vae.encode(clip)))}};
    }
    if (op != "decode") return base::failed("run.op must be encode or decode", c.id);
    const Tensor latent = TRY(c.get("in.latent"));
    if (latent.rank() != 5) return base::failed("in.latent must be [B,z,t,h,w]", c.id);
    return Outputs{
        {"out.frames_unclamped", channels_first(TRY(vae.decode(channels_last(latent))))}};
}

}  // namespace neural::goldens
