// Natural frequencies from size and matter. Frequencies in Hz, rising; gains and damping come
// later (sound/modes/body_modes.h). Every formula scales as (1/size) sqrt(E/density) when all
// lengths grow together, which is what tests hold them to.
#pragma once

#include <vector>

#include "sound/modes/acoustic_material.h"

namespace sound {

// Free-free bar in bending, thick bars slowed after Timoshenko, then its first long mode.
// `gyration_m` = radius of gyration of the section: h/sqrt(12) flat, r/2 round, tube
// sqrt(a^2+b^2)/2. Fletcher & Rossing, "The Physics of Musical Instruments", 2nd ed., eq. 2.63.
std::vector<double> bar_frequencies_hz(const AcousticMaterial& material, double length_m,
                                       double gyration_m, int count);

// Rectangular plate, edges free or simply held. Free: Warburton 1954, "The vibration of
// rectangular plates" (his G, H, J for free edges); held: Fletcher & Rossing eq. 3.14 form.
// Slowed for thickness after Mindlin 1951.
std::vector<double> free_plate_frequencies_hz(const AcousticMaterial& material, double length_m,
                                              double width_m, double thickness_m, int count);
std::vector<double> held_plate_frequencies_hz(const AcousticMaterial& material, double length_m,
                                              double width_m, double thickness_m, int count);

// Free circular plate: Fletcher & Rossing, section 3.6 (f_20 = 0.2413 c_L h / a^2 and ratios).
std::vector<double> disc_frequencies_hz(const AcousticMaterial& material, double radius_m,
                                        double thickness_m, int count);

// Solid elastic sphere (Lamb 1882), spheroidal and torsional roots for nu ~ 0.3.
std::vector<double> solid_sphere_frequencies_hz(const AcousticMaterial& material, double radius_m,
                                                int count);
// Thin spherical shell, lower branch with bending: Baker 1961, J. Acoust. Soc. Am. 33, 1749.
std::vector<double> shell_sphere_frequencies_hz(const AcousticMaterial& material, double radius_m,
                                                double wall_m, int count);

// Circle of rod or wall bending in its plane (Love, Hoppe): n(n^2-1)/sqrt(n^2+1).
// `gyration_m` of the section in the plane.
std::vector<double> ring_frequencies_hz(const AcousticMaterial& material, double radius_m,
                                        double gyration_m, int count);
// Cup: ring modes stiffened by the bottom: French 1983, "In vino veritas: a study of wineglass
// acoustics", Am. J. Phys. 51, 688.
std::vector<double> vessel_frequencies_hz(const AcousticMaterial& material, double radius_m,
                                          double height_m, double wall_m, int count);

// Bell partials hum, prime, tierce, quint, nominal ... as ratios to the prime:
// Fletcher & Rossing, table 21.1. `diameter_m` of the mouth.
std::vector<double> bell_frequencies_hz(const AcousticMaterial& material, double diameter_m,
                                        int count);

// Ideal membrane, zeros of Bessel functions; `fundamental_hz` by tension.
std::vector<double> membrane_frequencies_hz(double fundamental_hz, int count);

// Cavity of a sphere full of air, lowest roots of j_n'(ka) = 0: Russell 2010, "Basketballs as
// spherical acoustic cavities", Am. J. Phys. 78, 549.
std::vector<double> air_sphere_frequencies_hz(double radius_m, int count);

}  // namespace sound
