#include "neural/goldens/components.h"
#include "neural/ltx/video/video_vae.h"

namespace neural::goldens {

using tensor::permute;
using tensor::Tensor;

base::Result<Outputs> run_ltx_video_vae(const Case& c) {
    const ltx::VideoVaeConfig config = TRY(ltx::VideoVaeConfig::parse(c.config, c.id));
    const std::string op = TRY(string(c.run, "op", "decode"));
    const bool encode = op == "encode";
    if (!encode && op != "decode") return base::failed("run.op is " + op, c.id);
    const Loader loader(c.parameters, TRY(string(c.run, "prefix", "vae.")));
    const ltx::VideoVae vae = TRY(ltx::VideoVae::load(
        loader, config, encode ? ltx::VideoVaeParts::Encoder : ltx::VideoVaeParts::Decoder));
    const Tensor in = TRY(c.get(encode ? "in.frames" : "in.latent"));
    if (in.rank() != 5) return base::failed("the input must have five axes", c.id);
    const Tensor x = permute(in, {0, 2, 3, 4, 1});
    const auto planes = [](const Tensor& t) { return permute(t, {0, 4, 1, 2, 3}); };
    if (!encode) return Outputs{{"out.frames", planes(TRY(vae.decode(x)))}};
    const auto moments = TRY(vae.encode_moments(x));
    Outputs out{{"out.mean", planes(moments.mean)},
                {"out.latent", planes(vae.normalise(moments.mean))}};
    if (moments.log_variance.defined()) out["out.logvar_channel"] = planes(moments.log_variance);
    return out;
}

}  // namespace neural::goldens
