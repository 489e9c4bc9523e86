# Documents that the program carries: made into a C++ source, so that a binary is all there is to copy.
set(documents_source ${CMAKE_BINARY_DIR}/generated/apps/server/documents.cc)
add_custom_command(
  OUTPUT ${documents_source}
  COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -DOUT=${documents_source}
          -P ${CMAKE_SOURCE_DIR}/apps/server/embed_documents.cmake
  DEPENDS ${CMAKE_SOURCE_DIR}/docs/openapi.json ${CMAKE_SOURCE_DIR}/docs/aozora.toml
          ${CMAKE_SOURCE_DIR}/apps/server/embed_documents.cmake
  COMMENT "documents into the program"
  VERBATIM)
target_sources(apps PRIVATE ${documents_source})
include(${CMAKE_SOURCE_DIR}/apps/web/embed.cmake)

# What reads requests and the configuration, without the engines: its fuzzers build in a minute.
if(AOZORA_FUZZ)
  file(GLOB requests RELATIVE ${CMAKE_SOURCE_DIR}
       apps/server/archive/*.cc apps/server/routes/*.cc studio/guard/*.cc)
  list(FILTER requests EXCLUDE REGEX "_(test|fuzz)\\.cc$|routes/(characters|content|models|session|system|worker|worker_desk|worker_files)\\.cc$")
  foreach(name api_error app board config event_log fields key_ring metrics model_board origin secrets)
    list(APPEND requests apps/server/core/${name}.cc)
  endforeach()
  add_library(aozora_requests STATIC EXCLUDE_FROM_ALL ${requests} media/atomic_file.cc media/image_header.cc
              neural/catalogue/model_id.cc studio/neural/control_wish.cc)
  target_link_libraries(aozora_requests PUBLIC base store aozora_wire PkgConfig::SODIUM PkgConfig::TOML)
  aozora_precompile(aozora_requests)
endif()
