from organization.models import Employee


def test_the_line_and_the_roles_of_the_small_county(world):
    denise, ruth, miguel = world.person("denise"), world.person("ruth"), world.person("miguel")

    assert denise.is_supervisor
    assert not denise.is_head
    assert ruth.headed == {world.departments["CC"].pk}
    assert miguel.roles == {"hr"}


def test_a_supervisor_sees_himself_and_his_line(world):
    seen = Employee.objects.visible_to(world.person("denise"))

    assert {employee.number for employee in seen} == {"1011", "10482", "10483"}


def test_a_reviewer_sees_two_levels(world):
    seen = Employee.objects.visible_to(world.person("stephen"))

    assert {employee.number for employee in seen} == {"1010", "1011", "10482", "10483"}
