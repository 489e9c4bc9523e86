#include "neural/goldens/components.h"
#include "neural/ltx/audio/vocoder.h"

namespace neural::goldens {

base::Result<Outputs> run_ltx_vocoder(const Case& c) {
    const ltx::VocoderConfig config = TRY(ltx::VocoderConfig::parse(c.config, c.id));
    const Loader loader(c.parameters, TRY(string(c.run, "prefix", "vocoder.")));
    const ltx::Vocoder vocoder = TRY(ltx::Vocoder::load(loader, config));
    ltx::Vocoder::Trace trace;
    Outputs out{{"out.wave", TRY(vocoder.forward(TRY(c.get("in.mel")), &trace))}};
    if (trace.generated.defined()) {
        out["mid.wave16k"] = trace.generated;
        out["mid.bwe_mel"] = trace.mel;
        out["mid.residual"] = trace.residual;
        out["mid.skip"] = trace.skip;
    }
    return out;
}

}  // namespace neural::goldens
