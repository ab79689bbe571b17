"""What answers an activity's URLs?"""
