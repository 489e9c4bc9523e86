#include "neural/goldens/components.h"
#include "neural/ltx/text/connectors.h"
#include "tensor/ops/layout.h"

namespace neural::goldens {

base::Result<Outputs> run_ltx_text_connectors(const Case& c) {
    const ltx::TextConfig config = TRY(ltx::parse_text_config(c.config));
    const auto features =
        TRY(ltx::FeatureExtractor::load(ltx::feature_loader(c.parameters), config));
    const auto connectors =
        TRY(ltx::TextConnectors::load(Loader(c.parameters, "model.diffusion_model."), config));
    const tensor::Tensor stacked = TRY(c.get("in.hidden_states"));  // [B,L,D,N]
    if (stacked.rank() != 4) return base::failed("in.hidden_states must be [B,L,D,N]", c.id);
    const tensor::Tensor by_state = tensor::permute(stacked, {3, 0, 1, 2});
    std::vector<tensor::Tensor> hidden;
    for (int64_t n = 0; n < by_state.dim(0); ++n) {
        hidden.push_back(
            by_state.rows(n, n + 1).reshape({stacked.dim(0), stacked.dim(1), stacked.dim(2)}));
    }
    const ltx::TextContext context =
        TRY(connectors(TRY(features(hidden, TRY(c.get_i32("in.attention_mask"))))));
    return Outputs{{"out.video_context", context.video}, {"out.audio_context", context.audio}};
}

}  // namespace neural::goldens
