// Droplets, dust and smoke: light points that follow the air and never push anything.
#pragma once

#include "base/core/random.h"
#include "world/step/dynamics.h"
#include "world/step/saved_state.h"

namespace world::step {

class Particles {
public:
    // A puff of dust where something hard was struck or broke; amount grows with the impulse.
    void dust(Vec3 place, Vec3 normal, double impulse_Ns, uint64_t seed);
    // A crown of droplets around `place`.
    void crown(Vec3 place, double radius, double speed, uint64_t seed);
    void sparks(Vec3 place, Vec3 normal, double impulse_Ns, uint64_t seed);

    void move(const Scene& scene, double frame_s);
    void write(Snapshot& out) const;
    void save(StateWriter& out) const;
    void restore(StateReader& in);

private:
    struct Speck {
        Particle particle;
        float age_s = 0, life_s = 1;
        float first_radius_m = 0, first_opacity = 1;
    };
    void add(Speck speck);
    std::vector<Speck> specks_;
};

// Materials that give dust when struck or broken.
bool is_dusty(std::string_view material);

}  // namespace world::step
