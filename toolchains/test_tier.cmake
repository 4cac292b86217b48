# How much the tests try. Each tier tries what the one before it does, and more:
#
#   lanes   the lanes of a target that shares compiler and rounding with another: no papers, models, stability and rules
#   second  a target beside host: every test program, at the sizes that stand for the rest
#   host    this machine: every test, compiled at -O0 but for what runs long; what `./dev test` has time for
#   full    every size of every law, compiled at -O1, and the tests that take minutes; what CI runs of this machine
set(SADDLE_TEST_TIERS lanes second host full)
set_property(CACHE SADDLE_TEST_TIER PROPERTY STRINGS ${SADDLE_TEST_TIERS})
if(NOT SADDLE_TEST_TIER IN_LIST SADDLE_TEST_TIERS)
  list(JOIN SADDLE_TEST_TIERS ", " tiers)
  message(FATAL_ERROR " SADDLE_TEST_TIER is \"${SADDLE_TEST_TIER}\": it has to be one of ${tiers}.")
endif()

# saddle_tier_at_least(RESULT TIER): whether the tests try as much as TIER.
function(saddle_tier_at_least result tier)
  list(FIND SADDLE_TEST_TIERS ${SADDLE_TEST_TIER} have)
  list(FIND SADDLE_TEST_TIERS ${tier} asked)
  if(have LESS asked)
    set(${result} FALSE PARENT_SCOPE)
  else()
    set(${result} TRUE PARENT_SCOPE)
  endif()
endfunction()
saddle_tier_at_least(SADDLE_TIER_SECOND second)
saddle_tier_at_least(SADDLE_TIER_HOST host)
saddle_tier_at_least(SADDLE_TIER_FULL full)
