# What reads foreign files, without the encoders: for the fuzzers.
if(AOZORA_FUZZ)
  add_library(aozora_film_readers STATIC EXCLUDE_FROM_ALL
    media/atomic_file.cc media/image_header.cc media/payload.cc)
  target_link_libraries(aozora_film_readers PUBLIC base)
endif()
