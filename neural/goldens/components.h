// What can be proven by golden cases: a function per component, each in a file of its own.
#pragma once

#include <string>
#include <vector>

#include "neural/goldens/case.h"

namespace neural::goldens {

using RunCase = base::Result<Outputs> (*)(const Case&);

base::Result<Outputs> run_ltx_transformer(const Case&);
base::Result<Outputs> run_ltx_text_connectors(const Case&);
base::Result<Outputs> run_ltx_video_vae(const Case&);
base::Result<Outputs> run_ltx_diffusion_decoder(const Case&);
base::Result<Outputs> run_ltx_audio_vae(const Case&);
base::Result<Outputs> run_ltx_vocoder(const Case&);
base::Result<Outputs> run_ltx_latent_upsampler(const Case&);
base::Result<Outputs> run_ltx_duration_head(const Case&);
base::Result<Outputs> run_ltx_sigmas(const Case&);
base::Result<Outputs> run_ltx_euler_steps(const Case&);
base::Result<Outputs> run_ltx_ancestral_steps(const Case&);
base::Result<Outputs> run_ltx_guidance(const Case&);
base::Result<Outputs> run_ltx_pipeline(const Case&);
base::Result<Outputs> run_wan_transformer(const Case&);
base::Result<Outputs> run_wan_vae21(const Case&);
base::Result<Outputs> run_wan_vae22(const Case&);
base::Result<Outputs> run_wan_umt5(const Case&);
base::Result<Outputs> run_wan_unipc(const Case&);
base::Result<Outputs> run_wan_dpmpp(const Case&);
base::Result<Outputs> run_wan_euler(const Case&);
base::Result<Outputs> run_wan_pipeline(const Case&);
base::Result<Outputs> run_wan_pipeline_t2v_a14b(const Case&);
base::Result<Outputs> run_wan_pipeline_i2v_a14b(const Case&);

// nullptr: no such component.
RunCase find_component(const std::string& name);

}  // namespace neural::goldens
