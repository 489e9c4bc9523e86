#include "neural/goldens/components.h"
#include "neural/wan/transformer/transformer.h"

namespace neural::goldens {

base::Result<Outputs> run_wan_transformer(const Case& c) {
    const auto config = TRY(wan::parse_transformer_config(c.config, c.id));
    const auto net = TRY(wan::Transformer::load(Loader(c.parameters), config));
    wan::Transformer::Input in;
    in.latent = TRY(c.get("in.latent"));
    if (c.has("in.y")) in.y = TRY(c.get("in.y"));
    const std::vector<float> t = TRY(c.get("in.t")).to_vector();
    in.timesteps = tensor::Tensor::from({static_cast<int64_t>(t.size())}, t);
    in.text = TRY(net.embed_text(TRY(c.get("in.context"))));
    // run.seq_len adds rows of padding, which no token sees and nobody reads. The batch is one
    // clip.
    const tensor::Tensor velocity = TRY(net.velocity(in));
    return Outputs{{"out.velocity", velocity.reshape({config.out_dim, velocity.dim(2),
                                                      velocity.dim(3), velocity.dim(4)})}};
}

}  // namespace neural::goldens
