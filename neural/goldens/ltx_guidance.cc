#include "neural/goldens/components.h"
#include "neural/sampler/guidance.h"

namespace neural::goldens {

base::Result<Outputs> run_ltx_guidance(const Case& c) {
    sampler::GuidanceScales scales;
    scales.text = TRY(number(c.run, "cfg", scales.text));
    scales.perturbed = TRY(number(c.run, "stg", scales.perturbed));
    scales.modality = TRY(number(c.run, "modality", scales.modality));
    scales.rescale = TRY(number(c.run, "rescale", scales.rescale));
    return Outputs{
        {"out.x0", sampler::guide(TRY(c.get("in.cond")), TRY(c.get("in.uncond")),
                                  TRY(c.get("in.perturbed")), TRY(c.get("in.modality")), scales)}};
}

}  // namespace neural::goldens
