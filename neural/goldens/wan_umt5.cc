#include "neural/goldens/components.h"
#include "neural/text/umt5.h"

namespace neural::goldens {

using tensor::Tensor;

base::Result<Outputs> run_wan_umt5(const Case& c) {
    const text::Umt5Config config = TRY(text::parse_umt5_config(c.config, c.id));
    const auto net = TRY(text::Umt5Encoder::load(Loader(c.parameters), config));
    const Tensor ids = TRY(c.get_i32("in.ids"));
    const Tensor mask = c.has("in.mask") ? TRY(c.get_i32("in.mask")) : Tensor();
    Tensor hidden = TRY(net.encode(ids, mask));
    for (int64_t t = 0; mask.defined() && t < mask.elements(); ++t) {
        if (mask.i32()[t] != 0) continue;
        std::fill_n(hidden.f32() + t * config.dim, config.dim, 0.0f);
    }
    return Outputs{{"out.hidden", hidden}};
}

}  // namespace neural::goldens
