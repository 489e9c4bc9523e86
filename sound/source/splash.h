// Something falls into water: the slap, the plunk of the cavity it drags down, bubbles, spray.
//
// Bubbles ring at Minnaert's frequency f = 3.26 m/s / radius (Minnaert 1933, Phil. Mag. 16, 235)
// and are damped and rise in pitch after van den Doel 2005, "Physically based models for liquid
// sounds", ACM Trans. Appl. Percept. 2, 534: d = 0.13 / r + 0.0072 r^-1.5, f(t) = f0 (1 + 0.1 d t).
#pragma once

#include <cstdint>
#include <memory>

#include "sound/source/source.h"

namespace sound {

struct SplashSpec {
    double size_m = 0.2;  // of the body
    double mass_kg = 1;
    double speed_mps = 3;  // into the surface
    uint64_t seed = 1;
    double pitch = 1;
};

double minnaert_hz(double radius_m);
double splash_amplitude(const SplashSpec& spec);
std::unique_ptr<Source> make_splash(const SplashSpec& spec);

}  // namespace sound
